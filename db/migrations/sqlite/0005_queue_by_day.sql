DROP INDEX `comments_state`;--> statement-breakpoint
-- The default is never used: every day comes from the portal.
ALTER TABLE `comments` ADD `created_day` text NOT NULL DEFAULT '';--> statement-breakpoint
UPDATE `comments` SET `created_day` = date(`created_at` / 1000, 'unixepoch', '+8 hours');--> statement-breakpoint
CREATE INDEX `comments_queue` ON `comments` (`consultation_id`,`state`,`created_day`,`public_id`,`stance`,`created_at`);--> statement-breakpoint
CREATE INDEX `comments_queue_clause` ON `comments` (`consultation_id`,`clause`,`state`,`created_day`,`public_id`,`stance`,`created_at`);
