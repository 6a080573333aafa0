CREATE TABLE "opinion" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"supervisor_id" uuid NOT NULL,
	"institution_id" uuid NOT NULL,
	"capacity" text NOT NULL,
	"text" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"report_hash" text NOT NULL,
	"given_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "opinion_once" UNIQUE("report_id","supervisor_id"),
	CONSTRAINT "opinion_capacity" CHECK ("opinion"."capacity" in ('supervisor', 'co-supervisor')),
	CONSTRAINT "opinion_outcome" CHECK ("opinion"."outcome" in ('satisfactory', 'with-remarks', 'unsatisfactory')),
	CONSTRAINT "opinion_said" CHECK (coalesce("opinion"."text" ->> 'en', '') <> '' or coalesce("opinion"."text" ->> 'ru', '') <> '')
);
--> statement-breakpoint
CREATE TABLE "progress_report" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thesis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"year" integer NOT NULL,
	"half" smallint NOT NULL,
	"due_on" date NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state_by" uuid,
	"state_reason" text,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	"turn_due_on" date,
	"done" jsonb NOT NULL,
	"share_done" smallint,
	"publications" jsonb NOT NULL,
	"plan" jsonb NOT NULL,
	"difficulties" jsonb NOT NULL,
	"content_hash" text,
	"submitted_at" timestamp with time zone,
	"submitted_by" uuid,
	"opinions_opened_at" timestamp with time zone,
	"decision_version_id" uuid,
	"outcome" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "progress_report_half_year" UNIQUE("thesis_id","year","half"),
	CONSTRAINT "progress_report_number" UNIQUE("thesis_id","number"),
	CONSTRAINT "progress_report_states" CHECK ("progress_report"."state" in ('draft', 'submitted', 'opinions-in', 'decision-proposed', 'decided')),
	CONSTRAINT "progress_report_half" CHECK ("progress_report"."half" in (1, 2)),
	CONSTRAINT "progress_report_share" CHECK ("progress_report"."share_done" between 0 and 100),
	CONSTRAINT "progress_report_submitted" CHECK (case when "progress_report"."state" = 'draft'
        then num_nonnulls("progress_report"."submitted_at", "progress_report"."submitted_by", "progress_report"."content_hash") = 0
        else num_nulls("progress_report"."submitted_at", "progress_report"."submitted_by", "progress_report"."content_hash", "progress_report"."share_done") = 0 end),
	CONSTRAINT "progress_report_opened" CHECK (("progress_report"."state" in ('opinions-in', 'decision-proposed', 'decided')) = ("progress_report"."opinions_opened_at" is not null)),
	CONSTRAINT "progress_report_proposed" CHECK (("progress_report"."state" in ('decision-proposed', 'decided')) = ("progress_report"."decision_version_id" is not null)),
	CONSTRAINT "progress_report_decided" CHECK (case when "progress_report"."state" = 'decided'
        then num_nulls("progress_report"."decided_at", "progress_report"."outcome") = 0
        else num_nonnulls("progress_report"."decided_at", "progress_report"."outcome") = 0 end),
	CONSTRAINT "progress_report_turn" CHECK (("progress_report"."state" = 'decided') = ("progress_report"."turn_due_on" is null)),
	CONSTRAINT "progress_report_outcome" CHECK ("progress_report"."outcome" in ('satisfactory', 'with-remarks', 'unsatisfactory'))
);
--> statement-breakpoint
CREATE TABLE "thesis" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"area" text NOT NULL,
	"title" jsonb NOT NULL,
	"home_institution_id" uuid NOT NULL,
	"host_institution_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"expected_defence_on" date NOT NULL,
	"ended_on" date,
	"ended_as" text,
	"search" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "thesis_reference_unique" UNIQUE("reference"),
	CONSTRAINT "thesis_two_institutions" CHECK ("thesis"."home_institution_id" <> "thesis"."host_institution_id"),
	CONSTRAINT "thesis_dates" CHECK ("thesis"."expected_defence_on" > "thesis"."starts_on"),
	CONSTRAINT "thesis_titled" CHECK (coalesce("thesis"."title" ->> 'en', '') <> '' or coalesce("thesis"."title" ->> 'ru', '') <> ''),
	CONSTRAINT "thesis_ended" CHECK (("thesis"."ended_on" is null) = ("thesis"."ended_as" is null))
);
--> statement-breakpoint
CREATE TABLE "thesis_member" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thesis_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"institution_id" uuid NOT NULL,
	"side" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "thesis_member_role" CHECK ("thesis_member"."role" in ('candidate', 'supervisor', 'co-supervisor')),
	CONSTRAINT "thesis_member_dates" CHECK ("thesis_member"."valid_until" is null or "thesis_member"."valid_until" >= "thesis_member"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "opinion" ADD CONSTRAINT "opinion_report_id_progress_report_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."progress_report"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinion" ADD CONSTRAINT "opinion_supervisor_id_person_id_fk" FOREIGN KEY ("supervisor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinion" ADD CONSTRAINT "opinion_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "progress_report" ADD CONSTRAINT "progress_report_thesis_id_thesis_id_fk" FOREIGN KEY ("thesis_id") REFERENCES "public"."thesis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "progress_report" ADD CONSTRAINT "progress_report_submitted_by_person_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "progress_report" ADD CONSTRAINT "progress_report_decision_version_id_version_id_fk" FOREIGN KEY ("decision_version_id") REFERENCES "public"."version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thesis" ADD CONSTRAINT "thesis_home_institution_id_institution_id_fk" FOREIGN KEY ("home_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thesis" ADD CONSTRAINT "thesis_host_institution_id_institution_id_fk" FOREIGN KEY ("host_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thesis" ADD CONSTRAINT "thesis_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thesis_member" ADD CONSTRAINT "thesis_member_thesis_id_thesis_id_fk" FOREIGN KEY ("thesis_id") REFERENCES "public"."thesis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thesis_member" ADD CONSTRAINT "thesis_member_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thesis_member" ADD CONSTRAINT "thesis_member_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "opinion_supervisor" ON "opinion" USING btree ("supervisor_id");--> statement-breakpoint
CREATE INDEX "progress_report_state" ON "progress_report" USING btree ("state","turn_due_on");--> statement-breakpoint
CREATE INDEX "thesis_search" ON "thesis" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "thesis_member_place" ON "thesis_member" USING btree ("thesis_id","role") WHERE "thesis_member"."valid_until" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "thesis_member_once" ON "thesis_member" USING btree ("thesis_id","person_id") WHERE "thesis_member"."valid_until" is null;--> statement-breakpoint
CREATE INDEX "thesis_member_person" ON "thesis_member" USING btree ("person_id","thesis_id");--> statement-breakpoint
CREATE INDEX "thesis_member_institution" ON "thesis_member" USING btree ("institution_id","thesis_id");