CREATE TABLE `answer_counts` (
	`consultation_id` text NOT NULL,
	`clause` text NOT NULL,
	`outcome` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `clause`, `outcome`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `arrival_days` (
	`consultation_id` text NOT NULL,
	`day` text NOT NULL,
	`comments` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `day`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `endorsed_clauses` (
	`consultation_id` text NOT NULL,
	`clause` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `clause`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `arrival_counts` ADD `late` integer NOT NULL DEFAULT 0;--> statement-breakpoint
UPDATE `arrival_counts` SET `late` = (
	SELECT count(*) FROM `intakes`
	JOIN `submissions` ON `submissions`.`id` = `intakes`.`submission_id`
	JOIN `comments` ON `comments`.`submission_id` = `submissions`.`id`
	WHERE `intakes`.`late` AND `comments`.`consultation_id` = `arrival_counts`.`consultation_id`
	AND `comments`.`clause` = `arrival_counts`.`clause` AND `submissions`.`channel` = `arrival_counts`.`channel`
	AND `submissions`.`identity` = `arrival_counts`.`identity` AND coalesce(`submissions`.`region`, '') = `arrival_counts`.`region`
);--> statement-breakpoint
CREATE INDEX `comments_proposing` ON `comments` (`consultation_id`,`clause`,`id`) WHERE proposal is not null and state in ('published', 'withheld');--> statement-breakpoint
INSERT INTO `answer_counts` SELECT `responses`.`consultation_id`, `comments`.`clause`, `responses`.`outcome`, count(*)
	FROM `response_comments`
	JOIN `responses` ON `responses`.`id` = `response_comments`.`response_id`
	JOIN `comments` ON `comments`.`id` = `response_comments`.`comment_id`
	WHERE `responses`.`state` = 'approved' AND `comments`.`state` IN ('published', 'withheld')
	GROUP BY `responses`.`consultation_id`, `comments`.`clause`, `responses`.`outcome`;--> statement-breakpoint
INSERT INTO `endorsed_clauses` SELECT `comments`.`consultation_id`, `comments`.`clause`, count(*)
	FROM `endorsements`
	JOIN `comments` ON `comments`.`id` = `endorsements`.`comment_id`
	WHERE `endorsements`.`withdrawn_at` IS NULL AND `comments`.`state` <> 'withdrawn'
	GROUP BY `comments`.`consultation_id`, `comments`.`clause`;