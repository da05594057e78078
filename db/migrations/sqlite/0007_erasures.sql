CREATE TABLE `retentions` (
	`consultation_id` text PRIMARY KEY NOT NULL,
	`promised_on` text NOT NULL,
	`archived_by` text,
	`archived_at` integer,
	`anonymised_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`archived_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `retentions_promised` ON `retentions` (`promised_on`);--> statement-breakpoint
CREATE TABLE `erasures` (
	`what` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `originals` ADD `kept_until` integer;--> statement-breakpoint
CREATE INDEX `originals_kept` ON `originals` (`kept_until`) WHERE kept_until is not null;--> statement-breakpoint
CREATE INDEX `comments_unerased` ON `comments` (`number`) WHERE state = 'withdrawn' and body <> '';