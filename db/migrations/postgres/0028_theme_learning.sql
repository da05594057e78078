CREATE TABLE "theme_learning" (
	"consultation_id" text PRIMARY KEY NOT NULL,
	"asked_at" timestamp (3) with time zone,
	"learnt_at" timestamp (3) with time zone,
	"acts" integer NOT NULL,
	"standing" jsonb
);
--> statement-breakpoint
CREATE TABLE "theme_proposals" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"theme_id" text NOT NULL,
	"confidence" integer NOT NULL,
	"words" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "theme_readings" (
	"comment_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"consultation_id" text NOT NULL,
	"theme_id" text,
	"proposed_id" text,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "theme_readings_comment_id_staff_id_pk" PRIMARY KEY("comment_id","staff_id")
);
--> statement-breakpoint
ALTER TABLE "theme_learning" ADD CONSTRAINT "theme_learning_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_proposals" ADD CONSTRAINT "theme_proposals_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_proposals" ADD CONSTRAINT "theme_proposals_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_proposals" ADD CONSTRAINT "theme_proposals_theme_id_themes_id_fk" FOREIGN KEY ("theme_id") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_readings" ADD CONSTRAINT "theme_readings_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_readings" ADD CONSTRAINT "theme_readings_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_readings" ADD CONSTRAINT "theme_readings_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "theme_proposals_queue" ON "theme_proposals" USING btree ("consultation_id","confidence","comment_id");--> statement-breakpoint
CREATE INDEX "theme_readings_consultation" ON "theme_readings" USING btree ("consultation_id","comment_id");