CREATE TABLE "findings" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"review" text NOT NULL,
	"finding" text NOT NULL,
	"handling" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "materials" (
	"consultation_id" text NOT NULL,
	"material" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"staff_id" text NOT NULL,
	"judged_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "materials_consultation_id_material_pk" PRIMARY KEY("consultation_id","material")
);
--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "findings_consultation" ON "findings" USING btree ("consultation_id","id");