DROP INDEX `comments_published`;--> statement-breakpoint
CREATE INDEX `comments_published` ON `comments` (`consultation_id`,`published_at`) WHERE state = 'published';--> statement-breakpoint
CREATE INDEX `log_staff` ON `log` (`staff_id`,`number`);--> statement-breakpoint
CREATE INDEX `log_sign_ins` ON `log` (`subject`,`at`) WHERE act = 'staff.sign_in';