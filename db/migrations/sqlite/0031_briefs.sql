CREATE TABLE `brief_sections` (
	`consultation_id` text NOT NULL,
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`said` text NOT NULL,
	PRIMARY KEY(`consultation_id`, `day`, `kind`, `key`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `briefs` (
	`consultation_id` text NOT NULL,
	`day` text NOT NULL,
	`asked_at` integer,
	`made_at` integer,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `day`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `briefs_asked` ON `briefs` (`asked_at`);