CREATE TABLE `concern_moves` (
	`concern_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`moved` text NOT NULL,
	`staff_id` text NOT NULL,
	`moved_at` integer NOT NULL,
	FOREIGN KEY (`concern_id`) REFERENCES `concerns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
