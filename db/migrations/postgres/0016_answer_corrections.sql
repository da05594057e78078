CREATE TABLE "answer_corrections" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"response_id" text NOT NULL,
	"revision" integer NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"summary" text,
	"cause" text NOT NULL,
	"state" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"return_note" text
);
--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "corrected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "correction_cause" text;--> statement-breakpoint
ALTER TABLE "outcome_rows" ADD COLUMN "corrected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outcome_rows" ADD COLUMN "correction_cause" text;--> statement-breakpoint
ALTER TABLE "answer_corrections" ADD CONSTRAINT "answer_corrections_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_corrections" ADD CONSTRAINT "answer_corrections_response_id_responses_id_fk" FOREIGN KEY ("response_id") REFERENCES "public"."responses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_corrections" ADD CONSTRAINT "answer_corrections_proposed_by_staff_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_corrections" ADD CONSTRAINT "answer_corrections_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "answer_corrections_waiting" ON "answer_corrections" USING btree ("response_id") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "answer_corrections_response" ON "answer_corrections" USING btree ("response_id","id");--> statement-breakpoint
CREATE INDEX "answer_corrections_state" ON "answer_corrections" USING btree ("consultation_id","state","id");