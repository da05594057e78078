CREATE TABLE `appeals` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`grounds` text NOT NULL,
	`review` integer NOT NULL,
	`created_at` integer NOT NULL,
	`outcome` text,
	`answer` text,
	`staff_id` text,
	`decided_at` integer,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `appeals_waiting` ON `appeals` (`outcome`,`created_at`);--> statement-breakpoint
CREATE TABLE `reopenings` (
	`id` text PRIMARY KEY NOT NULL,
	`comment_id` text NOT NULL,
	`review` integer NOT NULL,
	`reason` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reopenings_comment` ON `reopenings` (`comment_id`,`review`);--> statement-breakpoint
CREATE TABLE `arrival_counts` (
	`consultation_id` text NOT NULL,
	`clause` text NOT NULL,
	`channel` text NOT NULL,
	`identity` text NOT NULL,
	`region` text NOT NULL,
	`comments` integer NOT NULL,
	`submissions` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `clause`, `channel`, `identity`, `region`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attachments_submission` ON `attachments` (`submission_id`);--> statement-breakpoint
CREATE TABLE `bulks` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`ruling` text NOT NULL,
	`comments` text NOT NULL,
	`state` text NOT NULL,
	`position` integer NOT NULL,
	`decided` integer NOT NULL,
	`skipped` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `bulks_staff` ON `bulks` (`staff_id`,`id`);--> statement-breakpoint
CREATE TABLE `campaign_members` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`similarity` integer NOT NULL,
	`identical` integer NOT NULL,
	`taken_out` integer NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `campaign_members_campaign` ON `campaign_members` (`campaign_id`,`taken_out`,`comment_id`);--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`representative_id` text NOT NULL,
	`count` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`representative_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `campaigns_consultation` ON `campaigns` (`consultation_id`,`count`);--> statement-breakpoint
CREATE TABLE `fingerprint_bands` (
	`consultation_id` text NOT NULL,
	`band` text NOT NULL,
	`comment_id` text NOT NULL,
	PRIMARY KEY(`consultation_id`, `band`, `comment_id`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `fingerprint_bands_comment` ON `fingerprint_bands` (`comment_id`);--> statement-breakpoint
CREATE TABLE `change_reasons` (
	`round_id` text NOT NULL,
	`clause` text NOT NULL,
	`reason` text NOT NULL,
	`staff_id` text NOT NULL,
	PRIMARY KEY(`round_id`, `clause`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text NOT NULL,
	`place` text NOT NULL,
	`name` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`reason` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `corrections_round` ON `corrections` (`round_id`,`id`);--> statement-breakpoint
CREATE TABLE `extensions` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`closed_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`reason` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `extensions_consultation` ON `extensions` (`consultation_id`,`id`);--> statement-breakpoint
CREATE TABLE `mappings` (
	`round_id` text NOT NULL,
	`position` integer NOT NULL,
	`relation` text NOT NULL,
	`from_keys` text NOT NULL,
	`staff_id` text,
	PRIMARY KEY(`round_id`, `position`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `claims` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`until` integer NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `claims_staff` ON `claims` (`staff_id`,`until`);--> statement-breakpoint
CREATE TABLE `clause_words` (
	`consultation_id` text NOT NULL,
	`clause` text NOT NULL,
	`admitted` integer NOT NULL,
	`texts` integer NOT NULL,
	`words` text NOT NULL,
	`counted_at` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `clause`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `comment_counts` (
	`consultation_id` text NOT NULL,
	`clause` text NOT NULL,
	`stance` text NOT NULL,
	`state` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `clause`, `stance`, `state`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `consultations` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`organ` text NOT NULL,
	`document_type` text NOT NULL,
	`publication_policy` text NOT NULL,
	`explanation` text NOT NULL,
	`explanation_file` text,
	`notice` text,
	`notice_signer` text,
	`notice_day` text,
	`short_period_reason` text,
	`outcome_promised_on` text,
	`offline_channels` text,
	`person_fields` text,
	`offers` text,
	`regions` text NOT NULL,
	`opens_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`published_at` integer,
	`suspended_at` integer,
	`suspension_reason` text,
	`outcome_at` integer,
	`created_by` text,
	`published_by` text,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consultations_slug_unique` ON `consultations` (`slug`);--> statement-breakpoint
CREATE TABLE `rounds` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`source` text NOT NULL,
	`artefacts` text NOT NULL,
	`file_name` text,
	`notes` text,
	`repairs` text,
	`version` integer NOT NULL,
	`opens_at` integer,
	`closes_at` integer,
	`published_at` integer,
	`created_by` text,
	`published_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rounds_number` ON `rounds` (`consultation_id`,`number`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`level` integer NOT NULL,
	`label` text,
	`citation` text NOT NULL,
	`heading` text,
	`text` text NOT NULL,
	`key` text,
	`cells` text,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_position` ON `units` (`round_id`,`position`);--> statement-breakpoint
CREATE INDEX `units_key` ON `units` (`round_id`,`key`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`comment_id` text NOT NULL,
	`review` integer NOT NULL,
	`version` integer NOT NULL,
	`admission` text NOT NULL,
	`publication` text NOT NULL,
	`reason` text,
	`note` text,
	`transferred` integer NOT NULL,
	`agreed_by` text,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agreed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_review` ON `decisions` (`comment_id`,`review`);--> statement-breakpoint
CREATE INDEX `decisions_staff` ON `decisions` (`staff_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `moderation_rules` (
	`consultation_id` text PRIMARY KEY NOT NULL,
	`agreement` text NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `votes` (
	`comment_id` text NOT NULL,
	`review` integer NOT NULL,
	`staff_id` text NOT NULL,
	`version` integer NOT NULL,
	`admission` text NOT NULL,
	`publication` text NOT NULL,
	`reason` text,
	`note` text,
	`transferred` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`comment_id`, `review`, `staff_id`),
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `clause_departments` (
	`department_id` text NOT NULL,
	`clause` text NOT NULL,
	`due_on` text,
	PRIMARY KEY(`department_id`, `clause`),
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `comment_departments` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`department_id` text NOT NULL,
	`due_on` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comment_departments_department` ON `comment_departments` (`department_id`,`comment_id`);--> statement-breakpoint
CREATE TABLE `department_staff` (
	`department_id` text NOT NULL,
	`staff_id` text NOT NULL,
	PRIMARY KEY(`department_id`, `staff_id`),
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `departments` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`name` text NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `departments_name` ON `departments` (`consultation_id`,`name`);--> statement-breakpoint
CREATE TABLE `unit_opinion_items` (
	`id` text PRIMARY KEY NOT NULL,
	`opinion_id` text NOT NULL,
	`clause` text NOT NULL,
	`body` text NOT NULL,
	`outcome` text,
	`reason` text,
	FOREIGN KEY (`opinion_id`) REFERENCES `unit_opinions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `unit_opinion_items_opinion` ON `unit_opinion_items` (`opinion_id`,`id`);--> statement-breakpoint
CREATE TABLE `unit_opinions` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`unit` text NOT NULL,
	`letter_number` text,
	`sent_on` text NOT NULL,
	`due_on` text,
	`replied_on` text,
	`reply` text NOT NULL,
	`unit_position` text,
	`office_position` text,
	`unresolved` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_opinions_unit` ON `unit_opinions` (`consultation_id`,`unit`,`sent_on`);--> statement-breakpoint
CREATE TABLE `endorsement_counts` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `endorsements` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`comment_id` text NOT NULL,
	`receipt_number` text NOT NULL,
	`code_hash` text NOT NULL,
	`idempotency_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `endorsements_receipt_number_unique` ON `endorsements` (`receipt_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `endorsements_code_hash_unique` ON `endorsements` (`code_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `endorsements_idempotency` ON `endorsements` (`consultation_id`,`idempotency_hash`);--> statement-breakpoint
CREATE INDEX `endorsements_comment` ON `endorsements` (`comment_id`);--> statement-breakpoint
CREATE TABLE `confirmations` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`credit_code` text,
	`proved_by` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `intake_list_entries` (
	`list_id` text NOT NULL,
	`position` integer NOT NULL,
	`sealed` text,
	`submission_id` text,
	PRIMARY KEY(`list_id`, `position`),
	FOREIGN KEY (`list_id`) REFERENCES `intake_lists`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `intake_lists` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`round` integer NOT NULL,
	`file_name` text,
	`digest` text NOT NULL,
	`letters` integer NOT NULL,
	`comments` integer NOT NULL,
	`state` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `intake_lists_staff` ON `intake_lists` (`staff_id`,`id`);--> statement-breakpoint
CREATE INDEX `intake_lists_state` ON `intake_lists` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `intakes` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`received_on` text NOT NULL,
	`reference` text,
	`late` integer NOT NULL,
	`on_behalf` integer NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `intakes_staff` ON `intakes` (`staff_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `intakes_late` ON `intakes` (`submission_id`) WHERE late;--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`kind` text NOT NULL,
	`format` text NOT NULL,
	`scope` text NOT NULL,
	`header` text NOT NULL,
	`filters` text NOT NULL,
	`origin` text NOT NULL,
	`staff_id` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`problem` text,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`file_name` text NOT NULL,
	`created_at` integer NOT NULL,
	`beat_at` integer NOT NULL,
	`finished_at` integer,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `jobs_consultation` ON `jobs` (`consultation_id`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_state` ON `jobs` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_expiry` ON `jobs` (`expires_at`);--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `log` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`staff_id` text,
	`act` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `log_subject` ON `log` (`subject`);--> statement-breakpoint
CREATE INDEX `log_at` ON `log` (`at`);--> statement-breakpoint
CREATE TABLE `log_seals` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entries` text NOT NULL,
	`count` integer NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outcome_drafts` (
	`consultation_id` text PRIMARY KEY NOT NULL,
	`report` text NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`updated_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `outcome_rows` (
	`outcome_id` text NOT NULL,
	`position` integer NOT NULL,
	`clause` text NOT NULL,
	`comment_id` text,
	`author` text NOT NULL,
	`body` text NOT NULL,
	`count` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`outcome_id`, `position`),
	FOREIGN KEY (`outcome_id`) REFERENCES `outcomes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `outcomes` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`edition` integer NOT NULL,
	`report` text NOT NULL,
	`numbers` text NOT NULL,
	`note` text,
	`staff_id` text NOT NULL,
	`published_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outcomes_edition` ON `outcomes` (`consultation_id`,`edition`);--> statement-breakpoint
CREATE TABLE `procedure_files` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`step_id` text,
	`name` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`step_id`) REFERENCES `procedure_steps`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `procedure_files_consultation` ON `procedure_files` (`consultation_id`,`id`);--> statement-breakpoint
CREATE TABLE `procedure_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`step` text NOT NULL,
	`held_on` text NOT NULL,
	`document_number` text,
	`note` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `procedure_steps_consultation` ON `procedure_steps` (`consultation_id`,`held_on`);--> statement-breakpoint
CREATE TABLE `examinations` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`spans` text NOT NULL,
	`unhandled` integer NOT NULL,
	`flagged` text NOT NULL,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `examinations_unhandled` ON `examinations` (`comment_id`) WHERE unhandled > 0;--> statement-breakpoint
CREATE TABLE `originals` (
	`comment_id` text NOT NULL,
	`version` integer NOT NULL,
	`sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`comment_id`, `version`),
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `response_comments` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`response_id` text NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `response_comments_response` ON `response_comments` (`response_id`,`comment_id`);--> statement-breakpoint
CREATE TABLE `response_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`name` text NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `response_templates_name` ON `response_templates` (`consultation_id`,`name`);--> statement-breakpoint
CREATE TABLE `responses` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	`summary` text,
	`campaign_id` text,
	`state` text NOT NULL,
	`drafted_by` text NOT NULL,
	`submitted_at` integer,
	`approved_by` text,
	`approved_at` integer,
	`return_note` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`drafted_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `responses_state` ON `responses` (`consultation_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `responses_campaign` ON `responses` (`campaign_id`);--> statement-breakpoint
CREATE TABLE `revised_wordings` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`round` integer NOT NULL,
	`clause` text NOT NULL,
	`text` text NOT NULL,
	`reason` text NOT NULL,
	`staff_id` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `revised_wordings_clause` ON `revised_wordings` (`consultation_id`,`round`,`clause`);--> statement-breakpoint
CREATE TABLE `wording_comments` (
	`wording_id` text NOT NULL,
	`comment_id` text NOT NULL,
	PRIMARY KEY(`wording_id`, `comment_id`),
	FOREIGN KEY (`wording_id`) REFERENCES `revised_wordings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `wording_comments_comment` ON `wording_comments` (`comment_id`);--> statement-breakpoint
CREATE TABLE `calendar_days` (
	`day` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`staff_id` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`staff_id`, `hash`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text,
	`data` text NOT NULL,
	`agent` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_staff` ON `sessions` (`staff_id`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`name_hash` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_failures_last` ON `sign_in_failures` (`last_at`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`password_hash` text,
	`totp_secret` text,
	`totp_step` integer,
	`activation_hash` text,
	`activation_expires_at` integer,
	`created_at` integer NOT NULL,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_name_unique` ON `staff` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `staff_activation_hash_unique` ON `staff` (`activation_hash`);--> statement-breakpoint
CREATE TABLE `staff_roles` (
	`staff_id` text NOT NULL,
	`role` text NOT NULL,
	`consultation_id` text NOT NULL,
	PRIMARY KEY(`staff_id`, `role`, `consultation_id`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `staff_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`clause` text NOT NULL,
	`body` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_notes_clause` ON `staff_notes` (`consultation_id`,`clause`,`id`);--> statement-breakpoint
CREATE TABLE `comments` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`submission_id` text NOT NULL,
	`consultation_id` text NOT NULL,
	`round` integer NOT NULL,
	`clause` text NOT NULL,
	`stance` text NOT NULL,
	`body` text NOT NULL,
	`proposal` text,
	`wording` text,
	`quote` text,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`review` integer NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer,
	`compared_at` integer,
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `comments_id_unique` ON `comments` (`id`);--> statement-breakpoint
CREATE INDEX `comments_submission` ON `comments` (`submission_id`);--> statement-breakpoint
CREATE INDEX `comments_clause` ON `comments` (`consultation_id`,`clause`,`state`,`id`,`stance`);--> statement-breakpoint
CREATE INDEX `comments_reading` ON `comments` (`consultation_id`,`clause`,`id`);--> statement-breakpoint
CREATE INDEX `comments_state` ON `comments` (`consultation_id`,`state`,`id`,`stance`);--> statement-breakpoint
CREATE INDEX `comments_published` ON `comments` (`consultation_id`,`state`,`published_at`);--> statement-breakpoint
CREATE INDEX `comments_uncompared` ON `comments` (`number`) WHERE compared_at is null;--> statement-breakpoint
CREATE TABLE `submissions` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`receipt_number` text NOT NULL,
	`code_hash` text NOT NULL,
	`idempotency_hash` text NOT NULL,
	`payload_hash` text NOT NULL,
	`channel` text NOT NULL,
	`identity` text NOT NULL,
	`name` text,
	`masked_name` text,
	`show_name` integer NOT NULL,
	`organisation` text,
	`region` text,
	`contact` text,
	`visibility` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_receipt_number_unique` ON `submissions` (`receipt_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_code_hash_unique` ON `submissions` (`code_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_idempotency` ON `submissions` (`consultation_id`,`idempotency_hash`);--> statement-breakpoint
CREATE TABLE `comment_themes` (
	`theme_id` text NOT NULL,
	`comment_id` text NOT NULL,
	PRIMARY KEY(`theme_id`, `comment_id`),
	FOREIGN KEY (`theme_id`) REFERENCES `themes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comment_themes_comment` ON `comment_themes` (`comment_id`);--> statement-breakpoint
CREATE TABLE `themes` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`name` text NOT NULL,
	`words` text NOT NULL,
	`clause` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `themes_name` ON `themes` (`consultation_id`,`name`);--> statement-breakpoint
CREATE TABLE `versions` (
	`comment_id` text NOT NULL,
	`version` integer NOT NULL,
	`stance` text NOT NULL,
	`body` text NOT NULL,
	`proposal` text,
	`wording` text,
	`quote` text,
	`replaced_at` integer NOT NULL,
	PRIMARY KEY(`comment_id`, `version`),
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
