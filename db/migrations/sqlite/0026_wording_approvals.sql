DROP INDEX `revised_wordings_clause`;--> statement-breakpoint
ALTER TABLE `revised_wordings` ADD `is_approved` integer NOT NULL DEFAULT true;--> statement-breakpoint
ALTER TABLE `revised_wordings` ADD `approved_by` text REFERENCES staff(id);--> statement-breakpoint
ALTER TABLE `revised_wordings` ADD `approved_at` integer;--> statement-breakpoint
ALTER TABLE `revised_wordings` ADD `return_note` text;--> statement-breakpoint
ALTER TABLE `revised_wordings` ADD `returned_by` text REFERENCES staff(id);--> statement-breakpoint
CREATE UNIQUE INDEX `revised_wordings_standing` ON `revised_wordings` (`consultation_id`,`round`,`clause`,`is_approved`);