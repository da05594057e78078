DROP INDEX "revised_wordings_clause";--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD COLUMN "is_approved" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "revised_wordings" ALTER COLUMN "is_approved" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD COLUMN "approved_by" text;--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD COLUMN "approved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD COLUMN "return_note" text;--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD COLUMN "returned_by" text;--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD CONSTRAINT "revised_wordings_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD CONSTRAINT "revised_wordings_returned_by_staff_id_fk" FOREIGN KEY ("returned_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "revised_wordings_standing" ON "revised_wordings" USING btree ("consultation_id","round","clause","is_approved");