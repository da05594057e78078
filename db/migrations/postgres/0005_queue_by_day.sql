DROP INDEX "comments_state";--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "created_day" text;--> statement-breakpoint
UPDATE "comments" SET "created_day" = to_char("created_at" AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD');--> statement-breakpoint
ALTER TABLE "comments" ALTER COLUMN "created_day" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "comments_queue" ON "comments" USING btree ("consultation_id","state","created_day","public_id","stance","created_at");--> statement-breakpoint
CREATE INDEX "comments_queue_clause" ON "comments" USING btree ("consultation_id","clause","state","created_day","public_id","stance","created_at");
