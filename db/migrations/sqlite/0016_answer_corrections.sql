CREATE TABLE `answer_corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`response_id` text NOT NULL,
	`revision` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	`summary` text,
	`cause` text NOT NULL,
	`state` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`return_note` text,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `answer_corrections_waiting` ON `answer_corrections` (`response_id`) WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX `answer_corrections_response` ON `answer_corrections` (`response_id`,`id`);--> statement-breakpoint
CREATE INDEX `answer_corrections_state` ON `answer_corrections` (`consultation_id`,`state`,`id`);--> statement-breakpoint
ALTER TABLE `responses` ADD `corrected_at` integer;--> statement-breakpoint
ALTER TABLE `responses` ADD `correction_cause` text;--> statement-breakpoint
ALTER TABLE `outcome_rows` ADD `corrected_at` integer;--> statement-breakpoint
ALTER TABLE `outcome_rows` ADD `correction_cause` text;