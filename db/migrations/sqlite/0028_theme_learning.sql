CREATE TABLE `theme_learning` (
	`consultation_id` text PRIMARY KEY NOT NULL,
	`asked_at` integer,
	`learnt_at` integer,
	`acts` integer NOT NULL,
	`standing` text,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `theme_proposals` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`theme_id` text NOT NULL,
	`confidence` integer NOT NULL,
	`words` text NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`theme_id`) REFERENCES `themes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `theme_proposals_queue` ON `theme_proposals` (`consultation_id`,`confidence`,`comment_id`);--> statement-breakpoint
CREATE TABLE `theme_readings` (
	`comment_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`consultation_id` text NOT NULL,
	`theme_id` text,
	`proposed_id` text,
	`read_at` integer NOT NULL,
	PRIMARY KEY(`comment_id`, `staff_id`),
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `theme_readings_consultation` ON `theme_readings` (`consultation_id`,`comment_id`);