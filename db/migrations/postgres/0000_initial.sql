CREATE TABLE "appeals" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"grounds" text NOT NULL,
	"review" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"outcome" text,
	"answer" text,
	"staff_id" text,
	"decided_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "reopenings" (
	"id" text PRIMARY KEY NOT NULL,
	"comment_id" text NOT NULL,
	"review" integer NOT NULL,
	"reason" text NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "arrival_counts" (
	"consultation_id" text NOT NULL,
	"clause" text NOT NULL,
	"channel" text NOT NULL,
	"identity" text NOT NULL,
	"region" text NOT NULL,
	"comments" integer NOT NULL,
	"submissions" integer NOT NULL,
	CONSTRAINT "arrival_counts_consultation_id_clause_channel_identity_region_pk" PRIMARY KEY("consultation_id","clause","channel","identity","region")
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" text PRIMARY KEY NOT NULL,
	"submission_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulks" (
	"id" text PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"ruling" jsonb NOT NULL,
	"comments" jsonb NOT NULL,
	"state" text NOT NULL,
	"position" integer NOT NULL,
	"decided" integer NOT NULL,
	"skipped" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "campaign_members" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"similarity" integer NOT NULL,
	"identical" boolean NOT NULL,
	"taken_out" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"representative_id" text NOT NULL,
	"count" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fingerprint_bands" (
	"consultation_id" text NOT NULL,
	"band" text NOT NULL,
	"comment_id" text NOT NULL,
	CONSTRAINT "fingerprint_bands_consultation_id_band_comment_id_pk" PRIMARY KEY("consultation_id","band","comment_id")
);
--> statement-breakpoint
CREATE TABLE "change_reasons" (
	"round_id" text NOT NULL,
	"clause" text NOT NULL,
	"reason" text NOT NULL,
	"staff_id" text NOT NULL,
	CONSTRAINT "change_reasons_round_id_clause_pk" PRIMARY KEY("round_id","clause")
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"place" text NOT NULL,
	"name" text NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"reason" text NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "extensions" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"closed_at" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mappings" (
	"round_id" text NOT NULL,
	"position" integer NOT NULL,
	"relation" text NOT NULL,
	"from_keys" jsonb NOT NULL,
	"staff_id" text,
	CONSTRAINT "mappings_round_id_position_pk" PRIMARY KEY("round_id","position")
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clause_words" (
	"consultation_id" text NOT NULL,
	"clause" text NOT NULL,
	"admitted" integer NOT NULL,
	"texts" integer NOT NULL,
	"words" jsonb NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "clause_words_consultation_id_clause_pk" PRIMARY KEY("consultation_id","clause")
);
--> statement-breakpoint
CREATE TABLE "comment_counts" (
	"consultation_id" text NOT NULL,
	"clause" text NOT NULL,
	"stance" text NOT NULL,
	"state" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "comment_counts_consultation_id_clause_stance_state_pk" PRIMARY KEY("consultation_id","clause","stance","state")
);
--> statement-breakpoint
CREATE TABLE "consultations" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"organ" text NOT NULL,
	"document_type" text NOT NULL,
	"publication_policy" text NOT NULL,
	"explanation" text NOT NULL,
	"explanation_file" jsonb,
	"notice" text,
	"notice_signer" text,
	"notice_day" text,
	"short_period_reason" text,
	"outcome_promised_on" text,
	"offline_channels" jsonb,
	"person_fields" jsonb,
	"offers" jsonb,
	"regions" jsonb NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	"suspended_at" timestamp (3) with time zone,
	"suspension_reason" text,
	"outcome_at" timestamp (3) with time zone,
	"created_by" text,
	"published_by" text,
	"revision" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "consultations_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"source" text NOT NULL,
	"artefacts" jsonb NOT NULL,
	"file_name" text,
	"notes" jsonb,
	"repairs" jsonb,
	"version" integer NOT NULL,
	"opens_at" timestamp (3) with time zone,
	"closes_at" timestamp (3) with time zone,
	"published_at" timestamp (3) with time zone,
	"created_by" text,
	"published_by" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"level" integer NOT NULL,
	"label" text,
	"citation" text NOT NULL,
	"heading" text,
	"text" text NOT NULL,
	"key" text,
	"cells" jsonb
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"comment_id" text NOT NULL,
	"review" integer NOT NULL,
	"version" integer NOT NULL,
	"admission" text NOT NULL,
	"publication" text NOT NULL,
	"reason" text,
	"note" text,
	"transferred" boolean NOT NULL,
	"agreed_by" text,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "moderation_rules" (
	"consultation_id" text PRIMARY KEY NOT NULL,
	"agreement" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"comment_id" text NOT NULL,
	"review" integer NOT NULL,
	"staff_id" text NOT NULL,
	"version" integer NOT NULL,
	"admission" text NOT NULL,
	"publication" text NOT NULL,
	"reason" text,
	"note" text,
	"transferred" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "votes_comment_id_review_staff_id_pk" PRIMARY KEY("comment_id","review","staff_id")
);
--> statement-breakpoint
CREATE TABLE "clause_departments" (
	"department_id" text NOT NULL,
	"clause" text NOT NULL,
	"due_on" text,
	CONSTRAINT "clause_departments_department_id_clause_pk" PRIMARY KEY("department_id","clause")
);
--> statement-breakpoint
CREATE TABLE "comment_departments" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"department_id" text NOT NULL,
	"due_on" text
);
--> statement-breakpoint
CREATE TABLE "department_staff" (
	"department_id" text NOT NULL,
	"staff_id" text NOT NULL,
	CONSTRAINT "department_staff_department_id_staff_id_pk" PRIMARY KEY("department_id","staff_id")
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_opinion_items" (
	"id" text PRIMARY KEY NOT NULL,
	"opinion_id" text NOT NULL,
	"clause" text NOT NULL,
	"body" text NOT NULL,
	"outcome" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "unit_opinions" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"unit" text NOT NULL,
	"letter_number" text,
	"sent_on" text NOT NULL,
	"due_on" text,
	"replied_on" text,
	"reply" text NOT NULL,
	"unit_position" text,
	"office_position" text,
	"unresolved" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "endorsement_counts" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "endorsements" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"receipt_number" text NOT NULL,
	"code_hash" text NOT NULL,
	"idempotency_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "endorsements_receipt_number_unique" UNIQUE("receipt_number"),
	CONSTRAINT "endorsements_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "confirmations" (
	"submission_id" text PRIMARY KEY NOT NULL,
	"credit_code" text,
	"proved_by" text NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intake_list_entries" (
	"list_id" text NOT NULL,
	"position" integer NOT NULL,
	"sealed" text,
	"submission_id" text,
	CONSTRAINT "intake_list_entries_list_id_position_pk" PRIMARY KEY("list_id","position")
);
--> statement-breakpoint
CREATE TABLE "intake_lists" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"round" integer NOT NULL,
	"file_name" text,
	"digest" text NOT NULL,
	"letters" integer NOT NULL,
	"comments" integer NOT NULL,
	"state" text NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "intakes" (
	"submission_id" text PRIMARY KEY NOT NULL,
	"received_on" text NOT NULL,
	"reference" text,
	"late" boolean NOT NULL,
	"on_behalf" boolean NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"scope" text NOT NULL,
	"header" text NOT NULL,
	"filters" jsonb NOT NULL,
	"origin" text NOT NULL,
	"staff_id" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"problem" text,
	"done" integer NOT NULL,
	"total" integer NOT NULL,
	"file_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log" (
	"number" integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "log_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"staff_id" text,
	"act" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_seals" (
	"number" integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "log_seals_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"entries" jsonb NOT NULL,
	"count" integer NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outcome_drafts" (
	"consultation_id" text PRIMARY KEY NOT NULL,
	"report" text NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outcome_rows" (
	"outcome_id" text NOT NULL,
	"position" integer NOT NULL,
	"clause" text NOT NULL,
	"comment_id" text,
	"author" text NOT NULL,
	"body" text NOT NULL,
	"count" integer NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "outcome_rows_outcome_id_position_pk" PRIMARY KEY("outcome_id","position")
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"edition" integer NOT NULL,
	"report" text NOT NULL,
	"numbers" jsonb NOT NULL,
	"note" text,
	"staff_id" text NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "procedure_files" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"step_id" text,
	"name" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "procedure_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"step" text NOT NULL,
	"held_on" text NOT NULL,
	"document_number" text,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "examinations" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"spans" jsonb NOT NULL,
	"unhandled" integer NOT NULL,
	"flagged" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "originals" (
	"comment_id" text NOT NULL,
	"version" integer NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "originals_comment_id_version_pk" PRIMARY KEY("comment_id","version")
);
--> statement-breakpoint
CREATE TABLE "response_comments" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"response_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "response_templates" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"name" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "responses" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"summary" text,
	"campaign_id" text,
	"state" text NOT NULL,
	"drafted_by" text NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"approved_by" text,
	"approved_at" timestamp (3) with time zone,
	"return_note" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revised_wordings" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"round" integer NOT NULL,
	"clause" text NOT NULL,
	"text" text NOT NULL,
	"reason" text NOT NULL,
	"staff_id" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wording_comments" (
	"wording_id" text NOT NULL,
	"comment_id" text NOT NULL,
	CONSTRAINT "wording_comments_wording_id_comment_id_pk" PRIMARY KEY("wording_id","comment_id")
);
--> statement-breakpoint
CREATE TABLE "calendar_days" (
	"day" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"staff_id" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "recovery_codes_staff_id_hash_pk" PRIMARY KEY("staff_id","hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"staff_id" text,
	"data" text NOT NULL,
	"agent" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"name_hash" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"totp_secret" text,
	"totp_step" integer,
	"activation_hash" text,
	"activation_expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "staff_name_unique" UNIQUE("name"),
	CONSTRAINT "staff_activation_hash_unique" UNIQUE("activation_hash")
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"staff_id" text NOT NULL,
	"role" text NOT NULL,
	"consultation_id" text NOT NULL,
	CONSTRAINT "staff_roles_staff_id_role_consultation_id_pk" PRIMARY KEY("staff_id","role","consultation_id")
);
--> statement-breakpoint
CREATE TABLE "staff_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"clause" text NOT NULL,
	"body" text NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"number" integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "comments_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"submission_id" text NOT NULL,
	"consultation_id" text NOT NULL,
	"round" integer NOT NULL,
	"clause" text NOT NULL,
	"stance" text NOT NULL,
	"body" text NOT NULL,
	"proposal" text,
	"wording" text,
	"quote" jsonb,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"review" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	"compared_at" timestamp (3) with time zone,
	CONSTRAINT "comments_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"receipt_number" text NOT NULL,
	"code_hash" text NOT NULL,
	"idempotency_hash" text NOT NULL,
	"payload_hash" text NOT NULL,
	"channel" text NOT NULL,
	"identity" text NOT NULL,
	"name" text,
	"masked_name" text,
	"show_name" boolean NOT NULL,
	"organisation" text,
	"region" text,
	"contact" text,
	"visibility" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "submissions_receipt_number_unique" UNIQUE("receipt_number"),
	CONSTRAINT "submissions_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "comment_themes" (
	"theme_id" text NOT NULL,
	"comment_id" text NOT NULL,
	CONSTRAINT "comment_themes_theme_id_comment_id_pk" PRIMARY KEY("theme_id","comment_id")
);
--> statement-breakpoint
CREATE TABLE "themes" (
	"id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"name" text NOT NULL,
	"words" jsonb NOT NULL,
	"clause" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "versions" (
	"comment_id" text NOT NULL,
	"version" integer NOT NULL,
	"stance" text NOT NULL,
	"body" text NOT NULL,
	"proposal" text,
	"wording" text,
	"quote" jsonb,
	"replaced_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "versions_comment_id_version_pk" PRIMARY KEY("comment_id","version")
);
--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reopenings" ADD CONSTRAINT "reopenings_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reopenings" ADD CONSTRAINT "reopenings_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "arrival_counts" ADD CONSTRAINT "arrival_counts_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulks" ADD CONSTRAINT "bulks_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_members" ADD CONSTRAINT "campaign_members_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_members" ADD CONSTRAINT "campaign_members_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_representative_id_comments_id_fk" FOREIGN KEY ("representative_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fingerprint_bands" ADD CONSTRAINT "fingerprint_bands_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fingerprint_bands" ADD CONSTRAINT "fingerprint_bands_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_reasons" ADD CONSTRAINT "change_reasons_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_reasons" ADD CONSTRAINT "change_reasons_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mappings" ADD CONSTRAINT "mappings_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mappings" ADD CONSTRAINT "mappings_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clause_words" ADD CONSTRAINT "clause_words_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_counts" ADD CONSTRAINT "comment_counts_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_agreed_by_staff_id_fk" FOREIGN KEY ("agreed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderation_rules" ADD CONSTRAINT "moderation_rules_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clause_departments" ADD CONSTRAINT "clause_departments_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_departments" ADD CONSTRAINT "comment_departments_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_departments" ADD CONSTRAINT "comment_departments_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_staff" ADD CONSTRAINT "department_staff_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_staff" ADD CONSTRAINT "department_staff_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_opinion_items" ADD CONSTRAINT "unit_opinion_items_opinion_id_unit_opinions_id_fk" FOREIGN KEY ("opinion_id") REFERENCES "public"."unit_opinions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_opinions" ADD CONSTRAINT "unit_opinions_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsement_counts" ADD CONSTRAINT "endorsement_counts_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsements" ADD CONSTRAINT "endorsements_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsements" ADD CONSTRAINT "endorsements_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_list_entries" ADD CONSTRAINT "intake_list_entries_list_id_intake_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."intake_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_list_entries" ADD CONSTRAINT "intake_list_entries_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_lists" ADD CONSTRAINT "intake_lists_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_lists" ADD CONSTRAINT "intake_lists_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intakes" ADD CONSTRAINT "intakes_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intakes" ADD CONSTRAINT "intakes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome_drafts" ADD CONSTRAINT "outcome_drafts_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome_drafts" ADD CONSTRAINT "outcome_drafts_updated_by_staff_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome_rows" ADD CONSTRAINT "outcome_rows_outcome_id_outcomes_id_fk" FOREIGN KEY ("outcome_id") REFERENCES "public"."outcomes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome_rows" ADD CONSTRAINT "outcome_rows_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "procedure_files" ADD CONSTRAINT "procedure_files_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "procedure_files" ADD CONSTRAINT "procedure_files_step_id_procedure_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."procedure_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "procedure_steps" ADD CONSTRAINT "procedure_steps_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examinations" ADD CONSTRAINT "examinations_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "originals" ADD CONSTRAINT "originals_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response_comments" ADD CONSTRAINT "response_comments_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response_comments" ADD CONSTRAINT "response_comments_response_id_responses_id_fk" FOREIGN KEY ("response_id") REFERENCES "public"."responses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response_templates" ADD CONSTRAINT "response_templates_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_drafted_by_staff_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD CONSTRAINT "revised_wordings_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revised_wordings" ADD CONSTRAINT "revised_wordings_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wording_comments" ADD CONSTRAINT "wording_comments_wording_id_revised_wordings_id_fk" FOREIGN KEY ("wording_id") REFERENCES "public"."revised_wordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wording_comments" ADD CONSTRAINT "wording_comments_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_notes" ADD CONSTRAINT "staff_notes_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_notes" ADD CONSTRAINT "staff_notes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_themes" ADD CONSTRAINT "comment_themes_theme_id_themes_id_fk" FOREIGN KEY ("theme_id") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_themes" ADD CONSTRAINT "comment_themes_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appeals_waiting" ON "appeals" USING btree ("outcome","created_at");--> statement-breakpoint
CREATE INDEX "reopenings_comment" ON "reopenings" USING btree ("comment_id","review");--> statement-breakpoint
CREATE INDEX "attachments_submission" ON "attachments" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "bulks_staff" ON "bulks" USING btree ("staff_id","id");--> statement-breakpoint
CREATE INDEX "campaign_members_campaign" ON "campaign_members" USING btree ("campaign_id","taken_out","comment_id");--> statement-breakpoint
CREATE INDEX "campaigns_consultation" ON "campaigns" USING btree ("consultation_id","count");--> statement-breakpoint
CREATE INDEX "fingerprint_bands_comment" ON "fingerprint_bands" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "corrections_round" ON "corrections" USING btree ("round_id","id");--> statement-breakpoint
CREATE INDEX "extensions_consultation" ON "extensions" USING btree ("consultation_id","id");--> statement-breakpoint
CREATE INDEX "claims_staff" ON "claims" USING btree ("staff_id","until");--> statement-breakpoint
CREATE UNIQUE INDEX "rounds_number" ON "rounds" USING btree ("consultation_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "units_position" ON "units" USING btree ("round_id","position");--> statement-breakpoint
CREATE INDEX "units_key" ON "units" USING btree ("round_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_review" ON "decisions" USING btree ("comment_id","review");--> statement-breakpoint
CREATE INDEX "decisions_staff" ON "decisions" USING btree ("staff_id","created_at");--> statement-breakpoint
CREATE INDEX "comment_departments_department" ON "comment_departments" USING btree ("department_id","comment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "departments_name" ON "departments" USING btree ("consultation_id","name");--> statement-breakpoint
CREATE INDEX "unit_opinion_items_opinion" ON "unit_opinion_items" USING btree ("opinion_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "unit_opinions_unit" ON "unit_opinions" USING btree ("consultation_id","unit","sent_on");--> statement-breakpoint
CREATE UNIQUE INDEX "endorsements_idempotency" ON "endorsements" USING btree ("consultation_id","idempotency_hash");--> statement-breakpoint
CREATE INDEX "endorsements_comment" ON "endorsements" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "intake_lists_staff" ON "intake_lists" USING btree ("staff_id","id");--> statement-breakpoint
CREATE INDEX "intake_lists_state" ON "intake_lists" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "intakes_staff" ON "intakes" USING btree ("staff_id","created_at");--> statement-breakpoint
CREATE INDEX "intakes_late" ON "intakes" USING btree ("submission_id") WHERE late;--> statement-breakpoint
CREATE INDEX "jobs_consultation" ON "jobs" USING btree ("consultation_id","id");--> statement-breakpoint
CREATE INDEX "jobs_state" ON "jobs" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "jobs_expiry" ON "jobs" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "log_subject" ON "log" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "log_at" ON "log" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "outcomes_edition" ON "outcomes" USING btree ("consultation_id","edition");--> statement-breakpoint
CREATE INDEX "procedure_files_consultation" ON "procedure_files" USING btree ("consultation_id","id");--> statement-breakpoint
CREATE INDEX "procedure_steps_consultation" ON "procedure_steps" USING btree ("consultation_id","held_on");--> statement-breakpoint
CREATE INDEX "examinations_unhandled" ON "examinations" USING btree ("comment_id") WHERE unhandled > 0;--> statement-breakpoint
CREATE INDEX "response_comments_response" ON "response_comments" USING btree ("response_id","comment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "response_templates_name" ON "response_templates" USING btree ("consultation_id","name");--> statement-breakpoint
CREATE INDEX "responses_state" ON "responses" USING btree ("consultation_id","state","id");--> statement-breakpoint
CREATE INDEX "responses_campaign" ON "responses" USING btree ("campaign_id");--> statement-breakpoint
CREATE UNIQUE INDEX "revised_wordings_clause" ON "revised_wordings" USING btree ("consultation_id","round","clause");--> statement-breakpoint
CREATE INDEX "wording_comments_comment" ON "wording_comments" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "sessions_staff" ON "sessions" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_last" ON "sign_in_failures" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "staff_notes_clause" ON "staff_notes" USING btree ("consultation_id","clause","id");--> statement-breakpoint
CREATE INDEX "comments_submission" ON "comments" USING btree ("submission_id");--> statement-breakpoint
CREATE INDEX "comments_clause" ON "comments" USING btree ("consultation_id","clause","state","id","stance");--> statement-breakpoint
CREATE INDEX "comments_reading" ON "comments" USING btree ("consultation_id","clause","id");--> statement-breakpoint
CREATE INDEX "comments_state" ON "comments" USING btree ("consultation_id","state","id","stance");--> statement-breakpoint
CREATE INDEX "comments_published" ON "comments" USING btree ("consultation_id","state","published_at");--> statement-breakpoint
CREATE INDEX "comments_uncompared" ON "comments" USING btree ("number") WHERE compared_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_idempotency" ON "submissions" USING btree ("consultation_id","idempotency_hash");--> statement-breakpoint
CREATE INDEX "comment_themes_comment" ON "comment_themes" USING btree ("comment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "themes_name" ON "themes" USING btree ("consultation_id","name");