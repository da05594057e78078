CREATE TABLE `cosignatures` (
	`concern_id` text NOT NULL,
	`department_id` text NOT NULL,
	`position` text,
	`note` text,
	`signed_by` text,
	`signed_at` integer,
	`office_position` text,
	`resolved` integer NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	PRIMARY KEY(`concern_id`, `department_id`),
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `cosignatures_department` ON `cosignatures` (`department_id`,`concern_id`);--> statement-breakpoint
CREATE TABLE `department_replies` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`department_id` text NOT NULL,
	`kind` text NOT NULL,
	`target` text NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`written_by` text NOT NULL,
	`written_at` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	`letter_number` text,
	`letter_on` text,
	`file_id` text,
	`file_name` text,
	`file_size` integer,
	`file_sha256` text,
	`return_note` text,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`written_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `department_replies_target` ON `department_replies` (`department_id`,`kind`,`target`);--> statement-breakpoint
CREATE INDEX `department_replies_of` ON `department_replies` (`consultation_id`,`kind`,`target`);--> statement-breakpoint
CREATE TABLE `department_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`department_id` text NOT NULL,
	`kind` text NOT NULL,
	`target` text NOT NULL,
	`asks` text NOT NULL,
	`unit` text,
	`due_on` text,
	`reason` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`decision` text,
	`decided_by` text,
	`decided_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `department_requests_of` ON `department_requests` (`consultation_id`,`decision`,`id`);--> statement-breakpoint
CREATE INDEX `department_requests_target` ON `department_requests` (`department_id`,`kind`,`target`);--> statement-breakpoint
ALTER TABLE `department_staff` ADD `is_head` integer NOT NULL DEFAULT 0;--> statement-breakpoint
ALTER TABLE `departments` ADD `opens_names` integer NOT NULL DEFAULT 0;--> statement-breakpoint
CREATE INDEX `concerns_department` ON `concerns` (`department_id`,`id`);--> statement-breakpoint
CREATE INDEX `points_department` ON `points` (`department_id`,`id`);