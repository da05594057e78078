CREATE TABLE "signing_keys" (
	"public_key" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"secret" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signing_keys_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "leaves" (
	"submission_id" text PRIMARY KEY NOT NULL,
	"consultation_id" text NOT NULL,
	"position" integer NOT NULL,
	"blind" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tree_heads" (
	"consultation_id" text NOT NULL,
	"number" integer NOT NULL,
	"size" integer NOT NULL,
	"root" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"figures" jsonb NOT NULL,
	"log_hash" text,
	"public_key" text NOT NULL,
	"signature" text NOT NULL,
	"consistency" jsonb NOT NULL,
	CONSTRAINT "tree_heads_consultation_id_number_pk" PRIMARY KEY("consultation_id","number")
);
--> statement-breakpoint
CREATE TABLE "tree_nodes" (
	"consultation_id" text NOT NULL,
	"level" integer NOT NULL,
	"position" integer NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "tree_nodes_consultation_id_level_position_pk" PRIMARY KEY("consultation_id","level","position")
);
--> statement-breakpoint
ALTER TABLE "consultations" ADD COLUMN "head_times" text;--> statement-breakpoint
UPDATE "consultations" SET "head_times" = CASE WHEN "outcome_at" IS NULL THEN 'closing' ELSE 'off' END;--> statement-breakpoint
ALTER TABLE "consultations" ALTER COLUMN "head_times" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "leaf_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leaves" ADD CONSTRAINT "leaves_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaves" ADD CONSTRAINT "leaves_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tree_heads" ADD CONSTRAINT "tree_heads_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tree_nodes" ADD CONSTRAINT "tree_nodes_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "leaves_position" ON "leaves" USING btree ("consultation_id","position");--> statement-breakpoint
CREATE INDEX "submissions_without_leaf" ON "submissions" USING btree ("id") WHERE leaf_at is null;