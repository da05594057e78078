CREATE TABLE "brief_sections" (
	"consultation_id" text NOT NULL,
	"day" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"said" jsonb NOT NULL,
	CONSTRAINT "brief_sections_consultation_id_day_kind_key_pk" PRIMARY KEY("consultation_id","day","kind","key")
);
--> statement-breakpoint
CREATE TABLE "briefs" (
	"consultation_id" text NOT NULL,
	"day" text NOT NULL,
	"asked_at" timestamp (3) with time zone,
	"made_at" timestamp (3) with time zone,
	"done" integer NOT NULL,
	"total" integer NOT NULL,
	CONSTRAINT "briefs_consultation_id_day_pk" PRIMARY KEY("consultation_id","day")
);
--> statement-breakpoint
ALTER TABLE "brief_sections" ADD CONSTRAINT "brief_sections_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "briefs" ADD CONSTRAINT "briefs_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "briefs_asked" ON "briefs" USING btree ("asked_at");