ALTER TABLE "intakes" ADD COLUMN "present" integer;--> statement-breakpoint
ALTER TABLE "versions" ADD COLUMN "clause" text;