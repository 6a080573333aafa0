CREATE TABLE "requirement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"institution_id" uuid NOT NULL,
	"code" text NOT NULL,
	"party" text NOT NULL,
	"title" jsonb NOT NULL,
	"owner" text NOT NULL,
	"lead_days" integer NOT NULL,
	"lead_unit" text DEFAULT 'calendar' NOT NULL,
	"purposes" text[],
	"home_sides" text[],
	"host_sides" text[],
	"visa_routes" text[],
	"min_days" integer,
	"after" text[] DEFAULT '{}' NOT NULL,
	"limits" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"source" jsonb,
	"source_on" date,
	"active" boolean DEFAULT true NOT NULL,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "requirement_once" UNIQUE("institution_id","code"),
	CONSTRAINT "requirement_code" CHECK ("requirement"."code" ~ '^[a-zA-Z][a-zA-Z0-9-]{0,63}$'),
	CONSTRAINT "requirement_party" CHECK ("requirement"."party" in ('home', 'host')),
	CONSTRAINT "requirement_owner" CHECK ("requirement"."owner" = 'traveller' or "requirement"."owner" = "requirement"."party"),
	CONSTRAINT "requirement_lead" CHECK ("requirement"."lead_days" between 0 and 400),
	CONSTRAINT "requirement_lead_unit" CHECK ("requirement"."lead_unit" in ('calendar', 'working')),
	CONSTRAINT "requirement_min_days" CHECK ("requirement"."min_days" between 1 and 400),
	CONSTRAINT "requirement_both_languages" CHECK (coalesce("requirement"."title" ->> 'en', '') <> '' and coalesce("requirement"."title" ->> 'ru', '') <> ''),
	CONSTRAINT "requirement_source" CHECK ("requirement"."source_on" is null or "requirement"."source" is not null)
);
--> statement-breakpoint
ALTER TABLE "trip" ADD COLUMN "derived" text[] DEFAULT '{passport,flights,hotel}' NOT NULL;--> statement-breakpoint
ALTER TABLE "trip" ADD COLUMN "revision" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_updated_by_person_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The e-visa has become a requirement of its own beside the consular visa.
UPDATE trip_item SET requirement = 'eVisa' FROM trip
WHERE trip.id = trip_item.trip_id AND trip.visa_route = 'e-visa' AND trip_item.requirement = 'visa';
