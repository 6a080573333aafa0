CREATE TABLE "campaign" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"institution_id" uuid NOT NULL,
	"side" text NOT NULL,
	"created_by" uuid NOT NULL,
	"subject" jsonb NOT NULL,
	"body" jsonb NOT NULL,
	"audience" jsonb NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"message_id" uuid,
	"recipients" integer,
	"sent_at" timestamp with time zone,
	"state" text DEFAULT 'draft' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state_by" uuid,
	"state_reason" text,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaign_reference_unique" UNIQUE("reference"),
	CONSTRAINT "campaign_states" CHECK ("campaign"."state" in ('draft', 'awaiting-approval', 'sent', 'cancelled')),
	CONSTRAINT "campaign_sent" CHECK (("campaign"."state" = 'sent') = ("campaign"."sent_at" is not null and "campaign"."recipients" is not null)),
	CONSTRAINT "campaign_approved" CHECK (("campaign"."approved_by" is null) = ("campaign"."approved_at" is null)),
	CONSTRAINT "campaign_other_side" CHECK ("campaign"."state" <> 'sent' or "campaign"."approved_by" is not null or "campaign"."audience"->'sides' = jsonb_build_array("campaign"."side")),
	CONSTRAINT "campaign_not_own_approval" CHECK ("campaign"."approved_by" is null or "campaign"."approved_by" <> "campaign"."created_by"),
	CONSTRAINT "campaign_texts" CHECK ("campaign"."state" in ('draft', 'cancelled') or ("campaign"."subject"->>'en' <> '' and "campaign"."subject"->>'ru' <> '' and "campaign"."body"->>'en' <> '' and "campaign"."body"->>'ru' <> ''))
);
--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_approved_by_person_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_institution" ON "campaign" USING btree ("institution_id","id");--> statement-breakpoint
CREATE INDEX "campaign_state" ON "campaign" USING btree ("state","id");