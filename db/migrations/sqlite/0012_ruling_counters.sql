CREATE TABLE `decision_counts` (
	`staff_id` text NOT NULL,
	`stance` text NOT NULL,
	`admission` text NOT NULL,
	`publication` text NOT NULL,
	`reason` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`staff_id`, `stance`, `admission`, `publication`, `reason`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ruling_counts` (
	`consultation_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`count` integer NOT NULL,
	`redacted` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `state`, `reason`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `decisions_lot` ON `decisions` (substr("id", 27));--> statement-breakpoint
INSERT INTO `decision_counts` SELECT `decisions`.`staff_id`, `comments`.`stance`, `decisions`.`admission`,
	`decisions`.`publication`, coalesce(`decisions`.`reason`, ''), count(*)
	FROM `decisions`
	JOIN `comments` ON `comments`.`id` = `decisions`.`comment_id`
	GROUP BY 1, 2, 3, 4, 5;--> statement-breakpoint
INSERT INTO `ruling_counts` SELECT `comments`.`consultation_id`, `comments`.`state`, coalesce(`decisions`.`reason`, ''), count(*),
	count(CASE WHEN `comments`.`state` = 'published' THEN `originals`.`comment_id` END)
	FROM `comments`
	JOIN `decisions` ON `decisions`.`comment_id` = `comments`.`id` AND `decisions`.`review` = `comments`.`review`
	LEFT JOIN `originals` ON `originals`.`comment_id` = `comments`.`id` AND `originals`.`version` = `comments`.`version`
	WHERE `comments`.`state` IN ('published', 'withheld', 'refused')
	GROUP BY 1, 2, 3;