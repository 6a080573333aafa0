CREATE TABLE "application" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"call_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"home_institution_id" uuid,
	"host_institution_id" uuid,
	"title" text DEFAULT '' NOT NULL,
	"work_plan" text DEFAULT '' NOT NULL,
	"work_plan_locale" text DEFAULT 'en' NOT NULL,
	"laboratory_wishes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"wished_start" date,
	"weeks" integer,
	"home_supervisor" text DEFAULT '' NOT NULL,
	"home_supervisor_id" uuid,
	"declared_at" timestamp with time zone,
	"consent_at" timestamp with time zone,
	"consent_locale" text,
	"submitted_at" timestamp with time zone,
	"submitted_version_id" uuid,
	"home_decided_at" timestamp with time zone,
	"home_decided_by" uuid,
	"host_decided_at" timestamp with time zone,
	"host_decided_by" uuid,
	"host_supervisor" text,
	"host_supervisor_id" uuid,
	"laboratory" text,
	"stay_from" date,
	"stay_until" date,
	"withdrawn_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"search" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state_by" uuid,
	"state_reason" text,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "application_reference_unique" UNIQUE("reference"),
	CONSTRAINT "application_once" UNIQUE("call_id","applicant_id"),
	CONSTRAINT "application_state" CHECK ("application"."state" in ('draft', 'submitted', 'nominated', 'not-nominated', 'accepted', 'declined', 'withdrawn')),
	CONSTRAINT "application_submitted" CHECK (("application"."state" = 'draft') = ("application"."submitted_at" is null) and ("application"."state" = 'draft' or ("application"."submitted_version_id" is not null and "application"."home_institution_id" is not null and "application"."host_institution_id" is not null and "application"."wished_start" is not null and "application"."weeks" is not null and "application"."declared_at" is not null and "application"."consent_at" is not null and "application"."title" <> '' and "application"."work_plan" <> ''))),
	CONSTRAINT "application_two_parties" CHECK ("application"."home_institution_id" <> "application"."host_institution_id"),
	CONSTRAINT "application_home_decided" CHECK (("application"."home_decided_at" is null) = ("application"."home_decided_by" is null) and ("application"."home_decided_at" is null) = ("application"."state" in ('draft', 'submitted') or ("application"."state" = 'withdrawn' and "application"."home_decided_at" is null)) and "application"."home_decided_by" <> "application"."applicant_id"),
	CONSTRAINT "application_host_decided" CHECK (("application"."host_decided_at" is null) = ("application"."host_decided_by" is null) and ("application"."host_decided_at" is not null) = ("application"."state" in ('accepted', 'declined')) and "application"."host_decided_by" <> "application"."applicant_id"),
	CONSTRAINT "application_accepted" CHECK ("application"."state" <> 'accepted' or ("application"."host_supervisor" is not null and "application"."laboratory" is not null and "application"."stay_from" is not null and "application"."stay_until" is not null and "application"."stay_from" < "application"."stay_until")),
	CONSTRAINT "application_reason" CHECK ("application"."state" not in ('not-nominated', 'declined') or "application"."state_reason" is not null),
	CONSTRAINT "application_withdrawn" CHECK (("application"."state" = 'withdrawn') = ("application"."withdrawn_at" is not null)),
	CONSTRAINT "application_due" CHECK ("application"."due_at" is null or "application"."state" in ('submitted', 'nominated')),
	CONSTRAINT "application_lengths" CHECK (char_length("application"."title") <= 200 and char_length("application"."work_plan") <= 6000),
	CONSTRAINT "application_weeks" CHECK ("application"."weeks" between 1 and 104)
);
--> statement-breakpoint
CREATE TABLE "application_document" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"file_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"replaced_at" timestamp with time zone,
	CONSTRAINT "application_document_fileId_unique" UNIQUE("file_id"),
	CONSTRAINT "application_document_number" UNIQUE("application_id","kind","number")
);
--> statement-breakpoint
CREATE TABLE "call" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"direction" text NOT NULL,
	"title" jsonb NOT NULL,
	"summary" jsonb NOT NULL,
	"conditions" jsonb NOT NULL,
	"areas" jsonb NOT NULL,
	"eligible" text[] NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"deadline" timestamp with time zone NOT NULL,
	"deadline_zone" text NOT NULL,
	"nominate_by" timestamp with time zone NOT NULL,
	"answer_by" timestamp with time zone NOT NULL,
	"stay_from" date NOT NULL,
	"stay_until" date NOT NULL,
	"weeks_min" integer NOT NULL,
	"weeks_max" integer NOT NULL,
	"places_to_in" integer NOT NULL,
	"places_to_ru" integer NOT NULL,
	"costs" jsonb NOT NULL,
	"documents" jsonb NOT NULL,
	"rubric" jsonb,
	"reviewers_per_application" integer DEFAULT 0 NOT NULL,
	"blind_review" boolean DEFAULT false NOT NULL,
	"signer_in" uuid NOT NULL,
	"signer_ru" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp with time zone,
	"published_version_id" uuid,
	"state" text DEFAULT 'draft' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state_by" uuid,
	"state_reason" text,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "call_reference_unique" UNIQUE("reference"),
	CONSTRAINT "call_state" CHECK ("call"."state" in ('draft', 'half-signed', 'published')),
	CONSTRAINT "call_published" CHECK (("call"."state" = 'published') = ("call"."published_at" is not null and "call"."published_version_id" is not null)),
	CONSTRAINT "call_direction" CHECK ("call"."direction" in ('in-ru', 'ru-in', 'both')),
	CONSTRAINT "call_places" CHECK ("call"."places_to_in" >= 0 and "call"."places_to_ru" >= 0 and ("call"."places_to_in" > 0) = ("call"."direction" in ('ru-in', 'both')) and ("call"."places_to_ru" > 0) = ("call"."direction" in ('in-ru', 'both'))),
	CONSTRAINT "call_dates" CHECK ("call"."opens_at" < "call"."deadline" and "call"."deadline" < "call"."nominate_by" and "call"."nominate_by" < "call"."answer_by"),
	CONSTRAINT "call_stay" CHECK ("call"."stay_from" < "call"."stay_until"),
	CONSTRAINT "call_weeks" CHECK ("call"."weeks_min" between 1 and "call"."weeks_max" and "call"."weeks_max" <= 104),
	CONSTRAINT "call_signers" CHECK ("call"."signer_in" <> "call"."signer_ru")
);
--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_call_id_call_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."call"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_applicant_id_person_id_fk" FOREIGN KEY ("applicant_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_home_institution_id_institution_id_fk" FOREIGN KEY ("home_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_host_institution_id_institution_id_fk" FOREIGN KEY ("host_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_home_supervisor_id_person_id_fk" FOREIGN KEY ("home_supervisor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_submitted_version_id_version_id_fk" FOREIGN KEY ("submitted_version_id") REFERENCES "public"."version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_home_decided_by_person_id_fk" FOREIGN KEY ("home_decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_host_decided_by_person_id_fk" FOREIGN KEY ("host_decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_host_supervisor_id_person_id_fk" FOREIGN KEY ("host_supervisor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_state_by" FOREIGN KEY ("state_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_document" ADD CONSTRAINT "application_document_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_document" ADD CONSTRAINT "application_document_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_signer_in_institution_id_fk" FOREIGN KEY ("signer_in") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_signer_ru_institution_id_fk" FOREIGN KEY ("signer_ru") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_published_version_id_version_id_fk" FOREIGN KEY ("published_version_id") REFERENCES "public"."version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_applicant" ON "application" USING btree ("applicant_id","state_at","id");--> statement-breakpoint
CREATE INDEX "application_home" ON "application" USING btree ("home_institution_id","state_at","id") WHERE "application"."state" <> 'draft';--> statement-breakpoint
CREATE INDEX "application_host" ON "application" USING btree ("host_institution_id","state_at","id") WHERE "application"."state" <> 'draft';--> statement-breakpoint
CREATE INDEX "application_home_state" ON "application" USING btree ("home_institution_id","state","state_at","id");--> statement-breakpoint
CREATE INDEX "application_host_state" ON "application" USING btree ("host_institution_id","state","state_at","id");--> statement-breakpoint
CREATE INDEX "application_search" ON "application" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "application_document_current" ON "application_document" USING btree ("application_id","kind") WHERE "application_document"."replaced_at" is null;--> statement-breakpoint
CREATE INDEX "call_open" ON "call" USING btree ("deadline","id") WHERE "call"."state" = 'published';--> statement-breakpoint
CREATE INDEX "call_signer_in" ON "call" USING btree ("signer_in","state");--> statement-breakpoint
CREATE INDEX "call_signer_ru" ON "call" USING btree ("signer_ru","state");