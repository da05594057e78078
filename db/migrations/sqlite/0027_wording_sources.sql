CREATE TABLE `wording_concerns` (
	`wording_id` text NOT NULL,
	`concern_id` text NOT NULL,
	PRIMARY KEY(`wording_id`, `concern_id`),
	FOREIGN KEY (`wording_id`) REFERENCES `revised_wordings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`concern_id`) REFERENCES `concerns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `wording_concerns_concern` ON `wording_concerns` (`concern_id`);--> statement-breakpoint
CREATE TABLE `wording_points` (
	`wording_id` text NOT NULL,
	`point_id` text NOT NULL,
	PRIMARY KEY(`wording_id`, `point_id`),
	FOREIGN KEY (`wording_id`) REFERENCES `revised_wordings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `wording_points_point` ON `wording_points` (`point_id`);--> statement-breakpoint
ALTER TABLE `points` ADD `proposes` integer NOT NULL DEFAULT false;--> statement-breakpoint
UPDATE `points` SET `proposes` = true WHERE `kind` = 'point' AND EXISTS (SELECT 1 FROM `comments`
  WHERE `comments`.`id` = `points`.`comment_id` AND (
    (`comments`.`proposal` IS NOT NULL AND `comments`.`clause` <> `points`.`clause`)
    OR ((substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%修改为%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%改为%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%改成%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%修订为%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%调整为%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%更改为%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%表述为%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%替换为%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%换成%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%完善为%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%增加%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%补充%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%增写%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%添加%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%加上%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%加入%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%写上%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%写明%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%删除%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%删去%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%删掉%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%去掉%') AND (substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%“%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%「%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%"%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%：%' OR substr(`comments`.`body`, `points`.`start` + 1, `points`.`end` - `points`.`start`) LIKE '%:%'))));--> statement-breakpoint
CREATE INDEX `points_proposing` ON `points` (`consultation_id`,`clause`,`id`) WHERE proposes and kind = 'point';