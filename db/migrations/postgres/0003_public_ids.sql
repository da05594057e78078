ALTER TABLE "comments" ADD COLUMN "public_id" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "published_day" text;--> statement-breakpoint
UPDATE "comments" SET
	"public_id" = gen_random_uuid()::text,
	"published_day" = to_char("published_at" AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD');--> statement-breakpoint
ALTER TABLE "comments" ALTER COLUMN "public_id" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "comments_public" ON "comments" USING btree ("consultation_id","published_day","public_id","stance") WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "comments_public_clause" ON "comments" USING btree ("consultation_id","clause","published_day","public_id","stance") WHERE state = 'published';--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_public_id_unique" UNIQUE("public_id");
