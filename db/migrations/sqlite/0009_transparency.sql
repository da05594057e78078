CREATE TABLE `signing_keys` (
	`public_key` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`secret` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signing_keys_number_unique` ON `signing_keys` (`number`);--> statement-breakpoint
CREATE TABLE `leaves` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`position` integer NOT NULL,
	`blind` text NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `leaves_position` ON `leaves` (`consultation_id`,`position`);--> statement-breakpoint
CREATE TABLE `tree_heads` (
	`consultation_id` text NOT NULL,
	`number` integer NOT NULL,
	`size` integer NOT NULL,
	`root` text NOT NULL,
	`at` integer NOT NULL,
	`figures` text NOT NULL,
	`log_hash` text,
	`public_key` text NOT NULL,
	`signature` text NOT NULL,
	`consistency` text NOT NULL,
	PRIMARY KEY(`consultation_id`, `number`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tree_nodes` (
	`consultation_id` text NOT NULL,
	`level` integer NOT NULL,
	`position` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`consultation_id`, `level`, `position`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `consultations` ADD `head_times` text NOT NULL DEFAULT '';--> statement-breakpoint
UPDATE `consultations` SET `head_times` = CASE WHEN `outcome_at` IS NULL THEN 'closing' ELSE 'off' END;--> statement-breakpoint
ALTER TABLE `submissions` ADD `leaf_at` integer;--> statement-breakpoint
CREATE INDEX `submissions_without_leaf` ON `submissions` (`id`) WHERE leaf_at is null;