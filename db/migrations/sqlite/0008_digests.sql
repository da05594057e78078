CREATE TABLE `digests` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`row_id` text NOT NULL,
	`version` integer NOT NULL,
	`digest` text NOT NULL,
	`key` text,
	`taken_up` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `digests_row` ON `digests` (`row_id`,`kind`);--> statement-breakpoint
CREATE TABLE `digest_seals` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entries` text NOT NULL,
	`count` integer NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`mark` text
);
--> statement-breakpoint
ALTER TABLE `log` ADD `id` text;--> statement-breakpoint
ALTER TABLE `log_seals` ADD `mark` text;