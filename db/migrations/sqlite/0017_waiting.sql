DROP INDEX `comments_uncompared`;--> statement-breakpoint
ALTER TABLE `comments` ADD `unexamined` integer NOT NULL DEFAULT false;--> statement-breakpoint
UPDATE `comments` SET `unexamined` = true WHERE `state` = 'pending' AND NOT EXISTS (SELECT 1 FROM `examinations` WHERE `examinations`.`comment_id` = `comments`.`id` AND `examinations`.`version` = `comments`.`version`);--> statement-breakpoint
CREATE INDEX `comments_unexamined` ON `comments` (`unexamined`,`state`,`id`) WHERE unexamined = true;--> statement-breakpoint
CREATE INDEX `comments_uncompared` ON `comments` (`compared_at`,`id`) WHERE compared_at is null;--> statement-breakpoint
DROP INDEX `submissions_without_leaf`;--> statement-breakpoint
CREATE INDEX `submissions_without_leaf` ON `submissions` (`consultation_id`,`created_at`,`id`) WHERE leaf_at is null;