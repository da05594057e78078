ALTER TABLE `departments` ADD `closed_at` integer;--> statement-breakpoint
ALTER TABLE `concerns` ADD `due_on` text;--> statement-breakpoint
ALTER TABLE `points` ADD `due_on` text;