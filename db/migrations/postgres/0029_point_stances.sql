DROP INDEX "points_clause";--> statement-breakpoint
CREATE INDEX "points_clause" ON "points" USING btree ("consultation_id","kind","clause","id","stance");--> statement-breakpoint
DELETE FROM "point_counts";--> statement-breakpoint
ALTER TABLE "point_counts" DROP CONSTRAINT "point_counts_consultation_id_clause_outcome_pk";--> statement-breakpoint
ALTER TABLE "point_counts" ADD COLUMN "stance" text NOT NULL;--> statement-breakpoint
ALTER TABLE "point_counts" ADD CONSTRAINT "point_counts_consultation_id_clause_stance_outcome_pk" PRIMARY KEY("consultation_id","clause","stance","outcome");--> statement-breakpoint
INSERT INTO "point_counts"("consultation_id", "clause", "stance", "outcome", "points", "comments")
SELECT "consultation_id", "clause", "stance", "outcome", sum("points"), sum("comments") FROM (
	SELECT p."consultation_id", p."clause", p."stance", CASE WHEN r."state" = 'approved' THEN r."outcome" ELSE '' END AS "outcome", 1 AS "points", 0 AS "comments"
	FROM "points" p
	INNER JOIN "comments" c ON c."id" = p."comment_id"
	LEFT JOIN "responses" r ON r."id" = p."response_id"
	WHERE p."kind" = 'point' AND c."state" IN ('published', 'withheld')
	UNION ALL
	SELECT s."consultation_id", c."clause", c."stance", coalesce(s."outcome", ''), 0, 1
	FROM "splits" s
	INNER JOIN "comments" c ON c."id" = s."comment_id"
	WHERE s."state" = 'split' AND c."state" IN ('published', 'withheld')
) counted
GROUP BY "consultation_id", "clause", "stance", "outcome";
