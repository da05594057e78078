CREATE TABLE `passages` (
	`passage` integer NOT NULL,
	`comment_number` integer NOT NULL,
	PRIMARY KEY(`passage`, `comment_number`),
	FOREIGN KEY (`comment_number`) REFERENCES `comments`(`number`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `passages_comment` ON `passages` (`comment_number`);--> statement-breakpoint
INSERT INTO `passages` (`passage`, `comment_number`) SELECT 0, `number` FROM `comments` WHERE EXISTS (SELECT 1 FROM `fingerprint_bands` WHERE `fingerprint_bands`.`comment_id` = `comments`.`id`);