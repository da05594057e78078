CREATE TABLE `concerns` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`sentence` text NOT NULL,
	`clause` text NOT NULL,
	`theme_id` text,
	`department_id` text,
	`count` integer NOT NULL,
	`revision` integer NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`theme_id`) REFERENCES `themes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `concerns_clause` ON `concerns` (`consultation_id`,`clause`,`count`);--> statement-breakpoint
CREATE TABLE `point_counts` (
	`consultation_id` text NOT NULL,
	`clause` text NOT NULL,
	`outcome` text NOT NULL,
	`points` integer NOT NULL,
	`comments` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `clause`, `outcome`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `points` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`comment_id` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`kind` text NOT NULL,
	`clause` text NOT NULL,
	`stance` text NOT NULL,
	`theme_id` text,
	`department_id` text,
	`concern_id` text,
	`response_id` text,
	`reason` text,
	`objected_at` integer,
	`confirmed_by` text,
	`marked_by` text NOT NULL,
	`marked_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`theme_id`) REFERENCES `themes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`concern_id`) REFERENCES `concerns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`marked_by`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `points_comment` ON `points` (`comment_id`,`start`);--> statement-breakpoint
CREATE INDEX `points_response` ON `points` (`response_id`,`id`);--> statement-breakpoint
CREATE INDEX `points_concern` ON `points` (`concern_id`,`id`);--> statement-breakpoint
CREATE INDEX `points_clause` ON `points` (`consultation_id`,`kind`,`clause`,`id`);--> statement-breakpoint
CREATE INDEX `points_unanswered` ON `points` (`consultation_id`,`clause`,`id`) WHERE response_id is null and kind = 'point';--> statement-breakpoint
CREATE TABLE `splits` (
	`comment_id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`state` text NOT NULL,
	`length` integer NOT NULL,
	`uncovered` integer NOT NULL,
	`before` text,
	`staff_id` text,
	`updated_at` integer NOT NULL,
	`revision` integer NOT NULL,
	`is_open` integer NOT NULL,
	`unanswered` integer NOT NULL,
	`outcome` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `splits_open` ON `splits` (`consultation_id`,`length`,`comment_id`) WHERE is_open;--> statement-breakpoint
ALTER TABLE `responses` ADD `concern_id` text REFERENCES concerns(id);--> statement-breakpoint
CREATE INDEX `responses_concern` ON `responses` (`concern_id`);--> statement-breakpoint
ALTER TABLE `consultations` ADD `letters` text;--> statement-breakpoint
ALTER TABLE `outcome_rows` ADD `point_id` text;--> statement-breakpoint
INSERT INTO "splits" ("comment_id", "consultation_id", "state", "length", "uncovered", "updated_at", "revision", "is_open", "unanswered")
	SELECT "comments"."id", "comments"."consultation_id", 'waiting', length("comments"."body"), 0, "comments"."created_at", 0, true, 0
	FROM "comments"
	JOIN "consultations" ON "consultations"."id" = "comments"."consultation_id"
	LEFT JOIN "response_comments" ON "response_comments"."comment_id" = "comments"."id"
	WHERE "comments"."state" IN ('published', 'withheld') AND length("comments"."body") > 400
		AND "consultations"."outcome_at" IS NULL AND "response_comments"."comment_id" IS NULL;
