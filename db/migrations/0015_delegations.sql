CREATE TABLE "delegate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delegation_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"employer" text NOT NULL,
	"position" text,
	"diet" text,
	"notes" text,
	"share_with_id" uuid,
	"hotel_in" date,
	"hotel_out" date,
	"room_wish" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delegate_once" UNIQUE("delegation_id","person_id"),
	CONSTRAINT "delegate_role" CHECK ("delegate"."role" in ('head', 'member', 'speaker', 'poster', 'student', 'interpreter', 'accompanying')),
	CONSTRAINT "delegate_diet" CHECK ("delegate"."diet" in ('none', 'vegetarian', 'vegan', 'jain', 'halal', 'kosher')),
	CONSTRAINT "delegate_share" CHECK ("delegate"."share_with_id" is null or "delegate"."share_with_id" <> "delegate"."person_id"),
	CONSTRAINT "delegate_nights" CHECK ("delegate"."hotel_out" > "delegate"."hotel_in"),
	CONSTRAINT "delegate_room" CHECK ("delegate"."room_wish" in ('single', 'twin'))
);
--> statement-breakpoint
CREATE TABLE "delegation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"event_id" uuid NOT NULL,
	"home_institution_id" uuid NOT NULL,
	"home_side" text NOT NULL,
	"host_institution_id" uuid NOT NULL,
	"host_side" text NOT NULL,
	"hotel" jsonb NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state_by" uuid,
	"state_reason" text,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delegation_reference_unique" UNIQUE("reference"),
	CONSTRAINT "delegation_state" CHECK ("delegation"."state" in ('planned', 'shared', 'closed')),
	CONSTRAINT "delegation_two_sides" CHECK ("delegation"."home_side" <> "delegation"."host_side")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"title" jsonb NOT NULL,
	"summary" jsonb NOT NULL,
	"city" jsonb NOT NULL,
	"venue" jsonb NOT NULL,
	"host_institution_id" uuid NOT NULL,
	"time_zone" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_reference_unique" UNIQUE("reference"),
	CONSTRAINT "event_dates" CHECK ("event"."ends_on" >= "event"."starts_on"),
	CONSTRAINT "event_reference" CHECK ("event"."reference" ~ '^[A-Z0-9][A-Z0-9-]{2,39}$')
);
--> statement-breakpoint
CREATE TABLE "event_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"code" text NOT NULL,
	"title" jsonb NOT NULL,
	"kind" text NOT NULL,
	"hall" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_session_code" UNIQUE("event_id","code"),
	CONSTRAINT "event_session_times" CHECK ("event_session"."ends_at" > "event_session"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "room" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delegation_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "room_number" UNIQUE("delegation_id","number"),
	CONSTRAINT "room_kind_key" UNIQUE("id","kind"),
	CONSTRAINT "room_kind" CHECK ("room"."kind" in ('single', 'twin'))
);
--> statement-breakpoint
CREATE TABLE "room_stay" (
	"id" uuid PRIMARY KEY NOT NULL,
	"room_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"bed" smallint NOT NULL,
	"delegate_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"nights" daterange NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "room_stay_bed" CHECK ("room_stay"."bed" = 1 or ("room_stay"."bed" = 2 and "room_stay"."kind" = 'twin')),
	CONSTRAINT "room_stay_nights" CHECK (not isempty("room_stay"."nights") and not lower_inf("room_stay"."nights") and not upper_inf("room_stay"."nights"))
);
--> statement-breakpoint
CREATE TABLE "trip" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"path" text NOT NULL,
	"title" jsonb NOT NULL,
	"home_institution_id" uuid NOT NULL,
	"home_side" text NOT NULL,
	"host_institution_id" uuid NOT NULL,
	"host_side" text NOT NULL,
	"purpose" text NOT NULL,
	"visa_route" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"first_duty_at" timestamp with time zone,
	"last_duty_at" timestamp with time zone,
	"shared_at" timestamp with time zone,
	"erase_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trip_subject" UNIQUE("subject_type","subject_id"),
	CONSTRAINT "trip_dates" CHECK ("trip"."ends_on" >= "trip"."starts_on"),
	CONSTRAINT "trip_erased_after" CHECK ("trip"."erase_on" >= "trip"."ends_on"),
	CONSTRAINT "trip_purpose" CHECK ("trip"."purpose" in ('attend', 'speak', 'stay')),
	CONSTRAINT "trip_visa_route" CHECK ("trip"."visa_route" in ('e-visa', 'invitation', 'none')),
	CONSTRAINT "trip_sides" CHECK ("trip"."home_side" in ('in', 'ru') and "trip"."host_side" in ('in', 'ru'))
);
--> statement-breakpoint
CREATE TABLE "trip_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"trip_id" uuid NOT NULL,
	"requirement" text NOT NULL,
	"state" text NOT NULL,
	"asked_on" date,
	"done_on" date,
	"valid_until" date,
	"updated_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trip_item_once" UNIQUE("trip_id","requirement"),
	CONSTRAINT "trip_item_state" CHECK ("trip_item"."state" in ('asked', 'done', 'refused', 'not-needed')),
	CONSTRAINT "trip_item_asked" CHECK ("trip_item"."state" <> 'asked' or "trip_item"."asked_on" is not null),
	CONSTRAINT "trip_item_done" CHECK ("trip_item"."state" <> 'done' or "trip_item"."done_on" is not null)
);
--> statement-breakpoint
CREATE TABLE "trip_leg" (
	"id" uuid PRIMARY KEY NOT NULL,
	"trip_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"direction" text NOT NULL,
	"from_code" text NOT NULL,
	"to_code" text NOT NULL,
	"carrier" text NOT NULL,
	"departs_local" text NOT NULL,
	"departs_zone" text NOT NULL,
	"departs_at" timestamp with time zone NOT NULL,
	"arrives_local" text NOT NULL,
	"arrives_zone" text NOT NULL,
	"arrives_at" timestamp with time zone NOT NULL,
	CONSTRAINT "trip_leg_number" UNIQUE("trip_id","number"),
	CONSTRAINT "trip_leg_direction" CHECK ("trip_leg"."direction" in ('out', 'back')),
	CONSTRAINT "trip_leg_lands_later" CHECK ("trip_leg"."arrives_at" > "trip_leg"."departs_at"),
	CONSTRAINT "trip_leg_local" CHECK ("trip_leg"."departs_local" ~ '^\d{4}-\d\d-\d\d \d\d:\d\d$'
      and "trip_leg"."arrives_local" ~ '^\d{4}-\d\d-\d\d \d\d:\d\d$')
);
--> statement-breakpoint
ALTER TABLE "delegate" ADD CONSTRAINT "delegate_delegation_id_delegation_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."delegation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegate" ADD CONSTRAINT "delegate_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegate" ADD CONSTRAINT "delegate_share_with_id_person_id_fk" FOREIGN KEY ("share_with_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_home_institution_id_institution_id_fk" FOREIGN KEY ("home_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_host_institution_id_institution_id_fk" FOREIGN KEY ("host_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_host_institution_id_institution_id_fk" FOREIGN KEY ("host_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_session" ADD CONSTRAINT "event_session_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room" ADD CONSTRAINT "room_delegation_id_delegation_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."delegation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_stay" ADD CONSTRAINT "room_stay_delegate_id_delegate_id_fk" FOREIGN KEY ("delegate_id") REFERENCES "public"."delegate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_stay" ADD CONSTRAINT "room_stay_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_stay" ADD CONSTRAINT "room_stay_room" FOREIGN KEY ("room_id","kind") REFERENCES "public"."room"("id","kind") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trip" ADD CONSTRAINT "trip_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trip" ADD CONSTRAINT "trip_home_institution_id_institution_id_fk" FOREIGN KEY ("home_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trip" ADD CONSTRAINT "trip_host_institution_id_institution_id_fk" FOREIGN KEY ("host_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trip_item" ADD CONSTRAINT "trip_item_trip_id_trip_id_fk" FOREIGN KEY ("trip_id") REFERENCES "public"."trip"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trip_item" ADD CONSTRAINT "trip_item_updated_by_person_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trip_leg" ADD CONSTRAINT "trip_leg_trip_id_trip_id_fk" FOREIGN KEY ("trip_id") REFERENCES "public"."trip"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delegate_head" ON "delegate" USING btree ("delegation_id") WHERE "delegate"."role" = 'head';--> statement-breakpoint
CREATE INDEX "delegate_person" ON "delegate" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "delegation_event" ON "delegation" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "delegation_home" ON "delegation" USING btree ("home_institution_id","id");--> statement-breakpoint
CREATE INDEX "delegation_host" ON "delegation" USING btree ("host_institution_id","id");--> statement-breakpoint
CREATE INDEX "event_starts" ON "event" USING btree ("starts_on");--> statement-breakpoint
CREATE INDEX "event_session_starts" ON "event_session" USING btree ("event_id","starts_at");--> statement-breakpoint
CREATE INDEX "room_stay_delegate" ON "room_stay" USING btree ("delegate_id");--> statement-breakpoint
CREATE INDEX "trip_person" ON "trip" USING btree ("person_id","starts_on");--> statement-breakpoint
CREATE INDEX "trip_home" ON "trip" USING btree ("home_institution_id","starts_on");--> statement-breakpoint
CREATE INDEX "trip_host" ON "trip" USING btree ("host_institution_id","starts_on");--> statement-breakpoint
CREATE INDEX "trip_leg_arrives" ON "trip_leg" USING btree ("arrives_at");