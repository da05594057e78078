INSERT INTO "office_versions" SELECT "consultation_id", 'concern', "id", "revision",
	jsonb_build_object('sentence', "sentence", 'clause', "clause", 'theme', "theme_id", 'department', "department_id"),
	CASE WHEN "revision" = 1 THEN "staff_id" END, CASE WHEN "revision" = 1 THEN "created_at" END FROM "concerns";--> statement-breakpoint
CREATE INDEX "concerns_theme" ON "concerns" USING btree ("theme_id","id");--> statement-breakpoint
CREATE INDEX "points_theme" ON "points" USING btree ("theme_id","id");--> statement-breakpoint
ALTER TABLE "concerns" DROP COLUMN "revision";