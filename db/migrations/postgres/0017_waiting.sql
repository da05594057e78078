DROP INDEX "comments_uncompared";--> statement-breakpoint
DROP INDEX "submissions_without_leaf";--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "unexamined" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ALTER COLUMN "unexamined" DROP DEFAULT;--> statement-breakpoint
UPDATE "comments" SET "unexamined" = true WHERE "state" = 'pending' AND NOT EXISTS (SELECT 1 FROM "examinations" WHERE "examinations"."comment_id" = "comments"."id" AND "examinations"."version" = "comments"."version");--> statement-breakpoint
CREATE INDEX "comments_unexamined" ON "comments" USING btree ("unexamined","state","id") WHERE unexamined = true;--> statement-breakpoint
CREATE INDEX "comments_uncompared" ON "comments" USING btree ("compared_at","id") WHERE compared_at is null;--> statement-breakpoint
CREATE INDEX "submissions_without_leaf" ON "submissions" USING btree ("consultation_id","created_at","id") WHERE leaf_at is null;