CREATE TABLE "faults" (
	"work" text NOT NULL,
	"subject" text NOT NULL,
	"cause" text,
	"error" text NOT NULL,
	"failures" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"retry_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "faults_work_subject_pk" PRIMARY KEY("work","subject")
);
--> statement-breakpoint
-- Whoever held one has the first number, and takes the next when it is over.
ALTER TABLE "leases" ADD COLUMN "fence" integer;
--> statement-breakpoint
UPDATE "leases" SET "fence" = 1;
--> statement-breakpoint
ALTER TABLE "leases" ALTER COLUMN "fence" SET NOT NULL;
