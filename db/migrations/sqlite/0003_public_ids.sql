-- The default is for the rows that are there; it fits one row at most, so that none can be left without an id of its own.
ALTER TABLE `comments` ADD `public_id` text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE `comments` ADD `published_day` text;--> statement-breakpoint
UPDATE `comments` SET
	`public_id` = lower(
		hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))
	),
	`published_day` = date(`published_at` / 1000, 'unixepoch', '+8 hours');--> statement-breakpoint
CREATE UNIQUE INDEX `comments_public_id_unique` ON `comments` (`public_id`);--> statement-breakpoint
CREATE INDEX `comments_public` ON `comments` (`consultation_id`,`published_day`,`public_id`,`stance`) WHERE state = 'published';--> statement-breakpoint
CREATE INDEX `comments_public_clause` ON `comments` (`consultation_id`,`clause`,`published_day`,`public_id`,`stance`) WHERE state = 'published';
