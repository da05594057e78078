ALTER TABLE `intakes` ADD `present` integer;--> statement-breakpoint
ALTER TABLE `versions` ADD `clause` text;