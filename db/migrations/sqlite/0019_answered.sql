CREATE TABLE `response_counts` (
	`response_id` text NOT NULL,
	`clause` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`response_id`, `clause`),
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `comments` ADD `answered` text NOT NULL DEFAULT 'none';--> statement-breakpoint
UPDATE `comments` SET `answered` = coalesce(
  (SELECT CASE WHEN `unanswered` > 0 THEN 'none' WHEN `outcome` IS NULL THEN 'drafted'
    WHEN EXISTS (SELECT 1 FROM `points` JOIN `responses` ON `responses`.`id` = `points`.`response_id`
      WHERE `points`.`comment_id` = `comments`.`id` AND `responses`.`summary` IS NULL) THEN 'bare' ELSE 'approved' END
   FROM `splits` WHERE `splits`.`comment_id` = `comments`.`id` AND `splits`.`state` = 'split'),
  (SELECT CASE WHEN `responses`.`state` = 'dropped' THEN 'none' WHEN `responses`.`state` <> 'approved' THEN 'drafted'
    WHEN `responses`.`summary` IS NULL THEN 'bare' ELSE 'approved' END
   FROM `response_comments` JOIN `responses` ON `responses`.`id` = `response_comments`.`response_id`
   WHERE `response_comments`.`comment_id` = `comments`.`id`),
  'none')
WHERE `id` IN (SELECT `comment_id` FROM `response_comments`) OR `id` IN (SELECT `comment_id` FROM `splits` WHERE `state` = 'split');--> statement-breakpoint
CREATE INDEX `comments_unanswered` ON `comments` (`answered`,`consultation_id`,`clause`,`id`) WHERE answered = 'none' and state in ('published', 'withheld');--> statement-breakpoint
CREATE INDEX `comments_open` ON `comments` (`consultation_id`,`clause`,`id`) WHERE answered in ('none', 'drafted') and state in ('published', 'withheld');--> statement-breakpoint
CREATE INDEX `comments_bare` ON `comments` (`answered`,`consultation_id`,`state`,`clause`,`public_id`) WHERE answered = 'bare' and state in ('published', 'withheld');--> statement-breakpoint
INSERT INTO `response_counts` (`response_id`, `clause`, `count`)
SELECT `response_id`, `clause`, count(*) FROM (
  SELECT `response_comments`.`response_id`, `comments`.`clause` FROM `response_comments`
    JOIN `comments` ON `comments`.`id` = `response_comments`.`comment_id` WHERE `comments`.`state` IN ('published', 'withheld')
  UNION ALL
  SELECT `points`.`response_id`, `points`.`clause` FROM `points`
    JOIN `comments` ON `comments`.`id` = `points`.`comment_id`
    WHERE `comments`.`state` IN ('published', 'withheld') AND `points`.`kind` = 'point' AND `points`.`response_id` IS NOT NULL
) AS `answered`
WHERE `response_id` IN (SELECT `id` FROM `responses` WHERE `state` = 'approved')
GROUP BY `response_id`, `clause`;