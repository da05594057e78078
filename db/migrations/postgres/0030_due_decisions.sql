CREATE TABLE "due_decisions" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"clause" text NOT NULL,
	"stance" text NOT NULL,
	"staff_id" text NOT NULL,
	"bulk_id" text,
	"ruling" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bulks" ADD COLUMN "due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "bulks" ADD COLUMN "reopening_reason" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "bulk_id" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "decided_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "comments" SET "decided_at" = "decisions"."created_at" FROM "decisions"
WHERE "decisions"."comment_id" = "comments"."id" AND "decisions"."review" = "comments"."review" AND "state" IN ('published', 'withheld', 'refused');--> statement-breakpoint
ALTER TABLE "due_decisions" ADD CONSTRAINT "due_decisions_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "due_decisions" ADD CONSTRAINT "due_decisions_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "due_decisions" ADD CONSTRAINT "due_decisions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "due_decisions" ADD CONSTRAINT "due_decisions_bulk_id_bulks_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "public"."bulks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "due_decisions_due" ON "due_decisions" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "due_decisions_place" ON "due_decisions" USING btree ("consultation_id","clause","stance");--> statement-breakpoint
CREATE INDEX "due_decisions_staff" ON "due_decisions" USING btree ("staff_id","created_at");--> statement-breakpoint
CREATE INDEX "due_decisions_bulk" ON "due_decisions" USING btree ("bulk_id");--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_bulk_id_bulks_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "public"."bulks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulks_under_way" ON "bulks" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "decisions_agreed" ON "decisions" USING btree ("agreed_by","created_at") WHERE agreed_by is not null;--> statement-breakpoint
CREATE INDEX "decisions_bulk" ON "decisions" USING btree ("bulk_id","id") WHERE bulk_id is not null;--> statement-breakpoint
CREATE INDEX "comments_decided" ON "comments" USING btree ("consultation_id","state","decided_at","public_id") WHERE decided_at is not null;