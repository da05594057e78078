CREATE TABLE `office_holders` (
	`consultation_id` text NOT NULL,
	`name` text NOT NULL,
	`office` text NOT NULL,
	PRIMARY KEY(`consultation_id`, `name`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `examinations` ADD `rules` integer;--> statement-breakpoint
-- What no moderator has judged is searched again by newer rules; what waits is marked for it.
UPDATE `examinations` SET `rules` = 1 WHERE `revision` = 1;--> statement-breakpoint
UPDATE `comments` SET `unexamined` = true WHERE `state` = 'pending';
