CREATE TABLE "answer_counts" (
	"consultation_id" text NOT NULL,
	"clause" text NOT NULL,
	"outcome" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "answer_counts_consultation_id_clause_outcome_pk" PRIMARY KEY("consultation_id","clause","outcome")
);
--> statement-breakpoint
CREATE TABLE "arrival_days" (
	"consultation_id" text NOT NULL,
	"day" text NOT NULL,
	"comments" integer NOT NULL,
	CONSTRAINT "arrival_days_consultation_id_day_pk" PRIMARY KEY("consultation_id","day")
);
--> statement-breakpoint
CREATE TABLE "endorsed_clauses" (
	"consultation_id" text NOT NULL,
	"clause" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "endorsed_clauses_consultation_id_clause_pk" PRIMARY KEY("consultation_id","clause")
);
--> statement-breakpoint
ALTER TABLE "arrival_counts" ADD COLUMN "late" integer;--> statement-breakpoint
UPDATE "arrival_counts" SET "late" = (
	SELECT count(*) FROM "intakes"
	JOIN "submissions" ON "submissions"."id" = "intakes"."submission_id"
	JOIN "comments" ON "comments"."submission_id" = "submissions"."id"
	WHERE "intakes"."late" AND "comments"."consultation_id" = "arrival_counts"."consultation_id"
	AND "comments"."clause" = "arrival_counts"."clause" AND "submissions"."channel" = "arrival_counts"."channel"
	AND "submissions"."identity" = "arrival_counts"."identity" AND coalesce("submissions"."region", '') = "arrival_counts"."region"
);--> statement-breakpoint
ALTER TABLE "arrival_counts" ALTER COLUMN "late" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "answer_counts" ADD CONSTRAINT "answer_counts_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "arrival_days" ADD CONSTRAINT "arrival_days_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsed_clauses" ADD CONSTRAINT "endorsed_clauses_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_proposing" ON "comments" USING btree ("consultation_id","clause","id") WHERE proposal is not null and state in ('published', 'withheld');--> statement-breakpoint
INSERT INTO "answer_counts" SELECT "responses"."consultation_id", "comments"."clause", "responses"."outcome", count(*)
	FROM "response_comments"
	JOIN "responses" ON "responses"."id" = "response_comments"."response_id"
	JOIN "comments" ON "comments"."id" = "response_comments"."comment_id"
	WHERE "responses"."state" = 'approved' AND "comments"."state" IN ('published', 'withheld')
	GROUP BY "responses"."consultation_id", "comments"."clause", "responses"."outcome";--> statement-breakpoint
INSERT INTO "endorsed_clauses" SELECT "comments"."consultation_id", "comments"."clause", count(*)
	FROM "endorsements"
	JOIN "comments" ON "comments"."id" = "endorsements"."comment_id"
	WHERE "endorsements"."withdrawn_at" IS NULL AND "comments"."state" <> 'withdrawn'
	GROUP BY "comments"."consultation_id", "comments"."clause";