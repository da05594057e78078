CREATE TABLE "wording_concerns" (
	"wording_id" text NOT NULL,
	"concern_id" text NOT NULL,
	CONSTRAINT "wording_concerns_wording_id_concern_id_pk" PRIMARY KEY("wording_id","concern_id")
);
--> statement-breakpoint
CREATE TABLE "wording_points" (
	"wording_id" text NOT NULL,
	"point_id" text NOT NULL,
	CONSTRAINT "wording_points_wording_id_point_id_pk" PRIMARY KEY("wording_id","point_id")
);
--> statement-breakpoint
ALTER TABLE "points" ADD COLUMN "proposes" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "points" ALTER COLUMN "proposes" DROP DEFAULT;--> statement-breakpoint
UPDATE "points" SET "proposes" = true WHERE "kind" = 'point' AND EXISTS (SELECT 1 FROM "comments"
  WHERE "comments"."id" = "points"."comment_id" AND (
    ("comments"."proposal" IS NOT NULL AND "comments"."clause" <> "points"."clause")
    OR ((substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%修改为%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%改为%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%改成%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%修订为%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%调整为%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%更改为%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%表述为%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%替换为%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%换成%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%完善为%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%增加%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%补充%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%增写%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%添加%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%加上%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%加入%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%写上%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%写明%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%删除%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%删去%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%删掉%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%去掉%') AND (substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%“%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%「%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%"%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%：%' OR substr("comments"."body", "points"."start" + 1, "points"."end" - "points"."start") LIKE '%:%'))));--> statement-breakpoint
ALTER TABLE "wording_concerns" ADD CONSTRAINT "wording_concerns_wording_id_revised_wordings_id_fk" FOREIGN KEY ("wording_id") REFERENCES "public"."revised_wordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wording_concerns" ADD CONSTRAINT "wording_concerns_concern_id_concerns_id_fk" FOREIGN KEY ("concern_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wording_points" ADD CONSTRAINT "wording_points_wording_id_revised_wordings_id_fk" FOREIGN KEY ("wording_id") REFERENCES "public"."revised_wordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "wording_concerns_concern" ON "wording_concerns" USING btree ("concern_id");--> statement-breakpoint
CREATE INDEX "wording_points_point" ON "wording_points" USING btree ("point_id");--> statement-breakpoint
CREATE INDEX "points_proposing" ON "points" USING btree ("consultation_id","clause","id") WHERE proposes and kind = 'point';