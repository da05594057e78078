CREATE TABLE `due_decisions` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`clause` text NOT NULL,
	`stance` text NOT NULL,
	`staff_id` text NOT NULL,
	`bulk_id` text,
	`ruling` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bulk_id`) REFERENCES `bulks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `due_decisions_due` ON `due_decisions` (`due_at`);--> statement-breakpoint
CREATE INDEX `due_decisions_place` ON `due_decisions` (`consultation_id`,`clause`,`stance`);--> statement-breakpoint
CREATE INDEX `due_decisions_staff` ON `due_decisions` (`staff_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `due_decisions_bulk` ON `due_decisions` (`bulk_id`);--> statement-breakpoint
ALTER TABLE `bulks` ADD `due_at` integer;--> statement-breakpoint
ALTER TABLE `bulks` ADD `reopening_reason` text;--> statement-breakpoint
CREATE INDEX `bulks_under_way` ON `bulks` (`state`,`id`);--> statement-breakpoint
ALTER TABLE `decisions` ADD `bulk_id` text REFERENCES bulks(id);--> statement-breakpoint
CREATE INDEX `decisions_agreed` ON `decisions` (`agreed_by`,`created_at`) WHERE agreed_by is not null;--> statement-breakpoint
CREATE INDEX `decisions_bulk` ON `decisions` (`bulk_id`,`id`) WHERE bulk_id is not null;--> statement-breakpoint
ALTER TABLE `comments` ADD `decided_at` integer;--> statement-breakpoint
UPDATE `comments` SET `decided_at` = (SELECT `created_at` FROM `decisions` WHERE `comment_id` = `comments`.`id` AND `review` = `comments`.`review`)
WHERE `state` IN ('published', 'withheld', 'refused');--> statement-breakpoint
CREATE INDEX `comments_decided` ON `comments` (`consultation_id`,`state`,`decided_at`,`public_id`) WHERE decided_at is not null;