CREATE TABLE "concern_moves" (
	"concern_id" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"moved" jsonb NOT NULL,
	"staff_id" text NOT NULL,
	"moved_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "concern_moves" ADD CONSTRAINT "concern_moves_concern_id_concerns_id_fk" FOREIGN KEY ("concern_id") REFERENCES "public"."concerns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_moves" ADD CONSTRAINT "concern_moves_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;