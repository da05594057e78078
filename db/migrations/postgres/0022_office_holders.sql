CREATE TABLE "office_holders" (
	"consultation_id" text NOT NULL,
	"name" text NOT NULL,
	"office" text NOT NULL,
	CONSTRAINT "office_holders_consultation_id_name_pk" PRIMARY KEY("consultation_id","name")
);
--> statement-breakpoint
ALTER TABLE "examinations" ADD COLUMN "rules" integer;--> statement-breakpoint
ALTER TABLE "office_holders" ADD CONSTRAINT "office_holders_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What no moderator has judged is searched again by newer rules; what waits is marked for it.
UPDATE "examinations" SET "rules" = 1 WHERE "revision" = 1;--> statement-breakpoint
UPDATE "comments" SET "unexamined" = true WHERE "state" = 'pending';
