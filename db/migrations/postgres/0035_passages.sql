CREATE TABLE "passages" (
	"passage" integer NOT NULL,
	"comment_number" integer NOT NULL,
	CONSTRAINT "passages_passage_comment_number_pk" PRIMARY KEY("passage","comment_number")
);
--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_comment_number_comments_number_fk" FOREIGN KEY ("comment_number") REFERENCES "public"."comments"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passages_comment" ON "passages" USING btree ("comment_number");--> statement-breakpoint
INSERT INTO "passages" ("passage", "comment_number") SELECT 0, "number" FROM "comments" WHERE EXISTS (SELECT 1 FROM "fingerprint_bands" WHERE "fingerprint_bands"."comment_id" = "comments"."id");