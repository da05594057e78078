ALTER TABLE "appeals" DROP CONSTRAINT "appeals_staff_id_staff_id_fk";
--> statement-breakpoint
ALTER TABLE "appeals" DROP COLUMN "staff_id";--> statement-breakpoint
ALTER TABLE "appeals" DROP COLUMN "decided_at";