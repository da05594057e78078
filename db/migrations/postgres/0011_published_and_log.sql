DROP INDEX "comments_published";--> statement-breakpoint
CREATE INDEX "log_staff" ON "log" USING btree ("staff_id","number");--> statement-breakpoint
CREATE INDEX "log_sign_ins" ON "log" USING btree ("subject","at") WHERE act = 'staff.sign_in';--> statement-breakpoint
CREATE INDEX "comments_published" ON "comments" USING btree ("consultation_id","published_at") WHERE state = 'published';