CREATE TABLE `findings` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`review` text NOT NULL,
	`finding` text NOT NULL,
	`handling` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `findings_consultation` ON `findings` (`consultation_id`,`id`);--> statement-breakpoint
CREATE TABLE `materials` (
	`consultation_id` text NOT NULL,
	`material` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`staff_id` text NOT NULL,
	`judged_at` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `material`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
