ALTER TABLE "arrival_counts" ADD COLUMN "people" integer;--> statement-breakpoint
UPDATE "arrival_counts" SET "people" = "submissions" + coalesce((
	SELECT sum(i."present" - 1)
	FROM "intakes" i
	INNER JOIN "submissions" s ON s."id" = i."submission_id"
	INNER JOIN "comments" c ON c."submission_id" = s."id"
	WHERE i."present" IS NOT NULL
		AND c."number" = (SELECT min(f."number") FROM "comments" f WHERE f."submission_id" = s."id")
		AND c."consultation_id" = "arrival_counts"."consultation_id" AND c."clause" = "arrival_counts"."clause"
		AND s."channel" = "arrival_counts"."channel" AND s."identity" = "arrival_counts"."identity"
		AND coalesce(s."region", '') = "arrival_counts"."region"
), 0);--> statement-breakpoint
ALTER TABLE "arrival_counts" ALTER COLUMN "people" SET NOT NULL;
