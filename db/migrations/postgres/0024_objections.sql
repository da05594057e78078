ALTER TABLE "points" ADD COLUMN "upheld_by" text;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_upheld_by_staff_id_fk" FOREIGN KEY ("upheld_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "points_objected" ON "points" USING btree ("consultation_id","id") WHERE objected_at is not null and upheld_by is null;