CREATE TABLE "concerns" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"sentence" text NOT NULL,
	"clause" text NOT NULL,
	"theme_id" text,
	"department_id" text,
	"count" integer NOT NULL,
	"revision" integer NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "point_counts" (
	"consultation_id" text NOT NULL,
	"clause" text NOT NULL,
	"outcome" text NOT NULL,
	"points" integer NOT NULL,
	"comments" integer NOT NULL,
	CONSTRAINT "point_counts_consultation_id_clause_outcome_pk" PRIMARY KEY("consultation_id","clause","outcome")
);
--> statement-breakpoint
CREATE TABLE "points" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"kind" text NOT NULL,
	"clause" text NOT NULL,
	"stance" text NOT NULL,
	"theme_id" text,
	"department_id" text,
	"concern_id" text,
	"response_id" text,
	"reason" text,
	"objected_at" timestamp (3) with time zone,
	"confirmed_by" text,
	"marked_by" text NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "splits" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"state" text NOT NULL,
	"length" integer NOT NULL,
	"uncovered" integer NOT NULL,
	"before" jsonb,
	"staff_id" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"revision" integer NOT NULL,
	"is_open" boolean NOT NULL,
	"unanswered" integer NOT NULL,
	"outcome" text
);
--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "concern_id" text;--> statement-breakpoint
ALTER TABLE "consultations" ADD COLUMN "letters" jsonb;--> statement-breakpoint
ALTER TABLE "outcome_rows" ADD COLUMN "point_id" text;--> statement-breakpoint
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_theme_id_themes_id_fk" FOREIGN KEY ("theme_id") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concerns" ADD CONSTRAINT "concerns_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "point_counts" ADD CONSTRAINT "point_counts_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_theme_id_themes_id_fk" FOREIGN KEY ("theme_id") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_concern_id_concerns_id_fk" FOREIGN KEY ("concern_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_response_id_responses_id_fk" FOREIGN KEY ("response_id") REFERENCES "public"."responses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_confirmed_by_staff_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_marked_by_staff_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "splits" ADD CONSTRAINT "splits_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "splits" ADD CONSTRAINT "splits_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "splits" ADD CONSTRAINT "splits_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "concerns_clause" ON "concerns" USING btree ("consultation_id","clause","count");--> statement-breakpoint
CREATE INDEX "points_comment" ON "points" USING btree ("comment_id","start");--> statement-breakpoint
CREATE INDEX "points_response" ON "points" USING btree ("response_id","id");--> statement-breakpoint
CREATE INDEX "points_concern" ON "points" USING btree ("concern_id","id");--> statement-breakpoint
CREATE INDEX "points_clause" ON "points" USING btree ("consultation_id","kind","clause","id");--> statement-breakpoint
CREATE INDEX "points_unanswered" ON "points" USING btree ("consultation_id","clause","id") WHERE response_id is null and kind = 'point';--> statement-breakpoint
CREATE INDEX "splits_open" ON "splits" USING btree ("consultation_id","length","comment_id") WHERE is_open;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_concern_id_concerns_id_fk" FOREIGN KEY ("concern_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "responses_concern" ON "responses" USING btree ("concern_id");--> statement-breakpoint
INSERT INTO "splits" ("comment_id", "consultation_id", "state", "length", "uncovered", "updated_at", "revision", "is_open", "unanswered")
	SELECT "comments"."id", "comments"."consultation_id", 'waiting', length("comments"."body"), 0, "comments"."created_at", 0, true, 0
	FROM "comments"
	JOIN "consultations" ON "consultations"."id" = "comments"."consultation_id"
	LEFT JOIN "response_comments" ON "response_comments"."comment_id" = "comments"."id"
	WHERE "comments"."state" IN ('published', 'withheld') AND length("comments"."body") > 400
		AND "consultations"."outcome_at" IS NULL AND "response_comments"."comment_id" IS NULL;
