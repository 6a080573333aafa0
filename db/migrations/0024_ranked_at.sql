ALTER TABLE "application" DROP CONSTRAINT "application_ranked";--> statement-breakpoint
ALTER TABLE "application" ADD COLUMN "ranked_at" timestamp with time zone;--> statement-breakpoint
UPDATE "application" SET "ranked_at" = "state_at" WHERE "rank" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_ranked" CHECK (("application"."rank" is null) = ("application"."ranked_at" is null) and ("application"."state" not in ('selected', 'reserve', 'not-selected') or "application"."rank" is not null));