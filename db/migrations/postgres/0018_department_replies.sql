CREATE TABLE "cosignatures" (
	"concern_id" text NOT NULL,
	"department_id" text NOT NULL,
	"position" text,
	"note" text,
	"signed_by" text,
	"signed_at" timestamp (3) with time zone,
	"office_position" text,
	"resolved" boolean NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cosignatures_concern_id_department_id_pk" PRIMARY KEY("concern_id","department_id")
);
--> statement-breakpoint
CREATE TABLE "department_replies" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"department_id" text NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"revision" integer NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamp (3) with time zone,
	"letter_number" text,
	"letter_on" text,
	"file_id" text,
	"file_name" text,
	"file_size" integer,
	"file_sha256" text,
	"return_note" text
);
--> statement-breakpoint
CREATE TABLE "department_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"department_id" text NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"asks" text NOT NULL,
	"unit" text,
	"due_on" text,
	"reason" text NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "department_staff" ADD COLUMN "is_head" boolean;--> statement-breakpoint
UPDATE "department_staff" SET "is_head" = false;--> statement-breakpoint
ALTER TABLE "department_staff" ALTER COLUMN "is_head" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "departments" ADD COLUMN "opens_names" boolean;--> statement-breakpoint
UPDATE "departments" SET "opens_names" = false;--> statement-breakpoint
ALTER TABLE "departments" ALTER COLUMN "opens_names" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "cosignatures" ADD CONSTRAINT "cosignatures_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cosignatures" ADD CONSTRAINT "cosignatures_signed_by_staff_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cosignatures" ADD CONSTRAINT "cosignatures_asked_by_staff_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_replies" ADD CONSTRAINT "department_replies_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_replies" ADD CONSTRAINT "department_replies_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_replies" ADD CONSTRAINT "department_replies_written_by_staff_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_replies" ADD CONSTRAINT "department_replies_confirmed_by_staff_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cosignatures_department" ON "cosignatures" USING btree ("department_id","concern_id");--> statement-breakpoint
CREATE UNIQUE INDEX "department_replies_target" ON "department_replies" USING btree ("department_id","kind","target");--> statement-breakpoint
CREATE INDEX "department_replies_of" ON "department_replies" USING btree ("consultation_id","kind","target");--> statement-breakpoint
CREATE INDEX "department_requests_of" ON "department_requests" USING btree ("consultation_id","decision","id");--> statement-breakpoint
CREATE INDEX "department_requests_target" ON "department_requests" USING btree ("department_id","kind","target");--> statement-breakpoint
CREATE INDEX "concerns_department" ON "concerns" USING btree ("department_id","id");--> statement-breakpoint
CREATE INDEX "points_department" ON "points" USING btree ("department_id","id");