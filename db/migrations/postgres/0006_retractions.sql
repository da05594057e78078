CREATE TABLE "fetches" (
	"slug" text NOT NULL,
	"page" text NOT NULL,
	"day" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "fetches_slug_page_day_pk" PRIMARY KEY("slug","page","day")
);
--> statement-breakpoint
CREATE TABLE "privacy_reports" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_on" text NOT NULL,
	"outcome" text,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "retracted_texts" (
	"retraction_id" text NOT NULL,
	"position" integer NOT NULL,
	"place" text NOT NULL,
	"row_id" text NOT NULL,
	"since" timestamp (3) with time zone,
	"sealed" text,
	CONSTRAINT "retracted_texts_retraction_id_position_pk" PRIMARY KEY("retraction_id","position")
);
--> statement-breakpoint
CREATE TABLE "retractions" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"cause" text NOT NULL,
	"words" text,
	"fetched" jsonb NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outcomes" ADD COLUMN "retracted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "remade_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "privacy_reports" ADD CONSTRAINT "privacy_reports_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_reports" ADD CONSTRAINT "privacy_reports_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_reports" ADD CONSTRAINT "privacy_reports_answered_by_staff_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retracted_texts" ADD CONSTRAINT "retracted_texts_retraction_id_retractions_id_fk" FOREIGN KEY ("retraction_id") REFERENCES "public"."retractions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retractions" ADD CONSTRAINT "retractions_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retractions" ADD CONSTRAINT "retractions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "privacy_reports_waiting" ON "privacy_reports" USING btree ("outcome","due_on","id");--> statement-breakpoint
CREATE INDEX "privacy_reports_comment" ON "privacy_reports" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "privacy_reports_consultation" ON "privacy_reports" USING btree ("consultation_id","outcome");--> statement-breakpoint
CREATE INDEX "retracted_texts_row" ON "retracted_texts" USING btree ("place","row_id");--> statement-breakpoint
CREATE INDEX "retractions_consultation" ON "retractions" USING btree ("consultation_id","id");