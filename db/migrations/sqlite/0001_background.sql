CREATE TABLE `faults` (
	`work` text NOT NULL,
	`subject` text NOT NULL,
	`cause` text,
	`error` text NOT NULL,
	`failures` integer NOT NULL,
	`since` integer NOT NULL,
	`retry_at` integer NOT NULL,
	PRIMARY KEY(`work`, `subject`)
);
--> statement-breakpoint
-- Whoever held one has the first number, and takes the next when it is over.
ALTER TABLE `leases` ADD `fence` integer NOT NULL DEFAULT 1;
