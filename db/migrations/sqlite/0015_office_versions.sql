CREATE TABLE `office_versions` (
	`consultation_id` text NOT NULL,
	`kind` text NOT NULL,
	`row_id` text NOT NULL,
	`revision` integer NOT NULL,
	`said` text,
	`staff_id` text,
	`saved_at` integer,
	PRIMARY KEY(`consultation_id`, `kind`, `row_id`, `revision`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `office_versions` SELECT `consultation_id`, 'answer', `id`, 1,
	json_object('outcome', `outcome`, 'reason', `reason`, 'summary', `summary`), `drafted_by`, `created_at` FROM `responses`;
--> statement-breakpoint
INSERT INTO `office_versions` SELECT `consultation_id`, 'wording', `round` || '-' || `clause`, 1,
	json_object('text', `text`, 'reason', `reason`, 'comments', json((
		SELECT json_group_array(`public_id`) FROM `wording_comments` JOIN `comments` ON `comments`.`id` = `comment_id`
		WHERE `wording_id` = `revised_wordings`.`id`))), `staff_id`, `updated_at` FROM `revised_wordings`;
--> statement-breakpoint
INSERT INTO `office_versions` SELECT `consultation_id`, 'report', 'report', 1,
	json_object('report', `report`), `updated_by`, `updated_at` FROM `outcome_drafts`;
--> statement-breakpoint
INSERT INTO `office_versions` SELECT `consultation_id`, 'theme', `id`, 1,
	json_object('name', `name`, 'words', json(`words`), 'clause', `clause`), NULL, `created_at` FROM `themes`;
--> statement-breakpoint
INSERT INTO `office_versions` SELECT `consultation_id`, 'template', `id`, 1,
	json_object('name', `name`, 'outcome', `outcome`, 'reason', `reason`), NULL, NULL FROM `response_templates`;
--> statement-breakpoint
INSERT INTO `office_versions` SELECT `consultation_id`, 'unit_reply', `id`, 1,
	json_object('reply', `reply`, 'repliedOn', `replied_on`, 'unitPosition', `unit_position`,
		'officePosition', `office_position`, 'unresolved', json(CASE WHEN `unresolved` THEN 'true' ELSE 'false' END)), NULL, `created_at` FROM `unit_opinions`;
--> statement-breakpoint
INSERT INTO `office_versions` SELECT `consultation_id`, 'unit_item', `unit_opinions`.`id` || '.' || `unit_opinion_items`.`id`, 1,
	json_object('outcome', `outcome`, 'reason', `reason`), NULL, NULL
	FROM `unit_opinion_items` JOIN `unit_opinions` ON `unit_opinions`.`id` = `opinion_id` WHERE `outcome` IS NOT NULL;
--> statement-breakpoint
INSERT INTO `office_versions` SELECT `consultation_id`, 'step', `id`, 1,
	json_object('step', `step`, 'heldOn', `held_on`, 'documentNumber', `document_number`, 'note', `note`), NULL, `created_at` FROM `procedure_steps`;
