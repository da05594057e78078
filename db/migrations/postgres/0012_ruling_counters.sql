CREATE TABLE "decision_counts" (
	"staff_id" text NOT NULL,
	"stance" text NOT NULL,
	"admission" text NOT NULL,
	"publication" text NOT NULL,
	"reason" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "decision_counts_staff_id_stance_admission_publication_reason_pk" PRIMARY KEY("staff_id","stance","admission","publication","reason")
);
--> statement-breakpoint
CREATE TABLE "ruling_counts" (
	"consultation_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"count" integer NOT NULL,
	"redacted" integer NOT NULL,
	CONSTRAINT "ruling_counts_consultation_id_state_reason_pk" PRIMARY KEY("consultation_id","state","reason")
);
--> statement-breakpoint
ALTER TABLE "decision_counts" ADD CONSTRAINT "decision_counts_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ruling_counts" ADD CONSTRAINT "ruling_counts_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_lot" ON "decisions" USING btree (substr("id", 27));--> statement-breakpoint
INSERT INTO "decision_counts" SELECT "decisions"."staff_id", "comments"."stance", "decisions"."admission",
	"decisions"."publication", coalesce("decisions"."reason", ''), count(*)
	FROM "decisions"
	JOIN "comments" ON "comments"."id" = "decisions"."comment_id"
	GROUP BY 1, 2, 3, 4, 5;--> statement-breakpoint
INSERT INTO "ruling_counts" SELECT "comments"."consultation_id", "comments"."state", coalesce("decisions"."reason", ''), count(*),
	count(CASE WHEN "comments"."state" = 'published' THEN "originals"."comment_id" END)
	FROM "comments"
	JOIN "decisions" ON "decisions"."comment_id" = "comments"."id" AND "decisions"."review" = "comments"."review"
	LEFT JOIN "originals" ON "originals"."comment_id" = "comments"."id" AND "originals"."version" = "comments"."version"
	WHERE "comments"."state" IN ('published', 'withheld', 'refused')
	GROUP BY 1, 2, 3;