PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_appeals` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`grounds` text NOT NULL,
	`review` integer NOT NULL,
	`created_at` integer NOT NULL,
	`outcome` text,
	`answer` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_appeals`("comment_id", "grounds", "review", "created_at", "outcome", "answer") SELECT "comment_id", "grounds", "review", "created_at", "outcome", "answer" FROM `appeals`;--> statement-breakpoint
DROP TABLE `appeals`;--> statement-breakpoint
ALTER TABLE `__new_appeals` RENAME TO `appeals`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `appeals_waiting` ON `appeals` (`outcome`,`created_at`);