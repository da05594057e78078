CREATE TABLE "retentions" (
	"consultation_id" text PRIMARY KEY NOT NULL,
	"promised_on" text NOT NULL,
	"archived_by" text,
	"archived_at" timestamp (3) with time zone,
	"anonymised_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"what" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "originals" ADD COLUMN "kept_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "retentions" ADD CONSTRAINT "retentions_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retentions" ADD CONSTRAINT "retentions_archived_by_staff_id_fk" FOREIGN KEY ("archived_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "retentions_promised" ON "retentions" USING btree ("promised_on");--> statement-breakpoint
CREATE INDEX "originals_kept" ON "originals" USING btree ("kept_until") WHERE kept_until is not null;--> statement-breakpoint
CREATE INDEX "comments_unerased" ON "comments" USING btree ("number") WHERE state = 'withdrawn' and body <> '';