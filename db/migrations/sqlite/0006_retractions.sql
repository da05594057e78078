CREATE TABLE `fetches` (
	`slug` text NOT NULL,
	`page` text NOT NULL,
	`day` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`slug`, `page`, `day`)
);
--> statement-breakpoint
CREATE TABLE `privacy_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`comment_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_on` text NOT NULL,
	`outcome` text,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `privacy_reports_waiting` ON `privacy_reports` (`outcome`,`due_on`,`id`);--> statement-breakpoint
CREATE INDEX `privacy_reports_comment` ON `privacy_reports` (`comment_id`);--> statement-breakpoint
CREATE INDEX `privacy_reports_consultation` ON `privacy_reports` (`consultation_id`,`outcome`);--> statement-breakpoint
CREATE TABLE `retracted_texts` (
	`retraction_id` text NOT NULL,
	`position` integer NOT NULL,
	`place` text NOT NULL,
	`row_id` text NOT NULL,
	`since` integer,
	`sealed` text,
	PRIMARY KEY(`retraction_id`, `position`),
	FOREIGN KEY (`retraction_id`) REFERENCES `retractions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `retracted_texts_row` ON `retracted_texts` (`place`,`row_id`);--> statement-breakpoint
CREATE TABLE `retractions` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`cause` text NOT NULL,
	`words` text,
	`fetched` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `retractions_consultation` ON `retractions` (`consultation_id`,`id`);--> statement-breakpoint
ALTER TABLE `outcomes` ADD `retracted_at` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `remade_at` integer;