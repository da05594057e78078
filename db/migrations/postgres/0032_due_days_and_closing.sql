ALTER TABLE "departments" ADD COLUMN "closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "concerns" ADD COLUMN "due_on" text;--> statement-breakpoint
ALTER TABLE "points" ADD COLUMN "due_on" text;