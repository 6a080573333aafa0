CREATE TABLE "calendar_day" (
	"id" uuid PRIMARY KEY NOT NULL,
	"side" text NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "calendar_day_once" UNIQUE("side","day"),
	CONSTRAINT "calendar_day_side_known" CHECK ("calendar_day"."side" in ('in', 'ru')),
	CONSTRAINT "calendar_day_kind" CHECK ("calendar_day"."kind" in ('holiday', 'working'))
);
--> statement-breakpoint
CREATE TABLE "appeal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"against" text NOT NULL,
	"decision_at" timestamp with time zone NOT NULL,
	"words" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"institution_id" uuid NOT NULL,
	"outcome" text,
	"reason" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "appeal_once" UNIQUE("application_id","against","decision_at"),
	CONSTRAINT "appeal_against" CHECK ("appeal"."against" in ('ineligible', 'not-selected', 'not-nominated', 'declined')),
	CONSTRAINT "appeal_decided" CHECK (("appeal"."decided_at" is null) = ("appeal"."decided_by" is null) and ("appeal"."decided_at" is null) = ("appeal"."outcome" is null) and ("appeal"."decided_at" is null) = ("appeal"."reason" is null) and ("appeal"."outcome" is null or "appeal"."outcome" in ('upheld', 'rejected')))
);
--> statement-breakpoint
CREATE TABLE "correction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"version_id" uuid NOT NULL,
	"comments" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "correction_number" UNIQUE("application_id","number"),
	CONSTRAINT "correction_due" CHECK ("correction"."due_at" > "correction"."asked_at")
);
--> statement-breakpoint
CREATE TABLE "endorsement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"supervisor_id" uuid NOT NULL,
	"link_id" uuid,
	"state" text DEFAULT 'asked' NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	"words" text,
	"locale" text,
	CONSTRAINT "endorsement_state" CHECK ("endorsement"."state" in ('asked', 'given', 'refused', 'taken-back')),
	CONSTRAINT "endorsement_answered" CHECK (("endorsement"."state" in ('given', 'refused')) = ("endorsement"."answered_at" is not null) and ("endorsement"."state" <> 'given' or "endorsement"."words" is not null))
);
--> statement-breakpoint
CREATE TABLE "host_question" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"question" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reply" text,
	"replied_by" uuid,
	"replied_at" timestamp with time zone,
	CONSTRAINT "host_question_number" UNIQUE("application_id","number"),
	CONSTRAINT "host_question_replied" CHECK (("host_question"."replied_at" is null) = ("host_question"."replied_by" is null) and ("host_question"."replied_at" is null) = ("host_question"."reply" is null))
);
--> statement-breakpoint
CREATE TABLE "letter" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"application_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"institution_id" uuid NOT NULL,
	"signed_by" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"hash" text NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "letter_number_unique" UNIQUE("number"),
	CONSTRAINT "letter_kind" CHECK ("letter"."kind" in ('nomination', 'acceptance', 'refusal'))
);
--> statement-breakpoint
CREATE TABLE "placement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"participant_id" uuid NOT NULL,
	"home_institution_id" uuid NOT NULL,
	"host_institution_id" uuid NOT NULL,
	"host_supervisor_id" uuid,
	"host_supervisor" text NOT NULL,
	"laboratory" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"programme" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"programme_version_id" uuid,
	"arrived_on" date,
	"arrival_confirmed_by" uuid,
	"left_on" date,
	"departure_confirmed_by" uuid,
	"report" text DEFAULT '' NOT NULL,
	"report_locale" text,
	"reported_at" timestamp with time zone,
	"evaluation" text DEFAULT '' NOT NULL,
	"evaluation_locale" text,
	"evaluation_grade" text,
	"evaluated_at" timestamp with time zone,
	"evaluated_by" uuid,
	"closed_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'programme' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state_by" uuid,
	"state_reason" text,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "placement_applicationId_unique" UNIQUE("application_id"),
	CONSTRAINT "placement_reference_unique" UNIQUE("reference"),
	CONSTRAINT "placement_state" CHECK ("placement"."state" in ('programme', 'preparing', 'stay', 'returned', 'closed', 'no-show', 'cancelled')),
	CONSTRAINT "placement_dates" CHECK ("placement"."starts_on" < "placement"."ends_on"),
	CONSTRAINT "placement_two_parties" CHECK ("placement"."home_institution_id" <> "placement"."host_institution_id"),
	CONSTRAINT "placement_signed" CHECK ("placement"."state" in ('programme', 'cancelled') or "placement"."programme_version_id" is not null),
	CONSTRAINT "placement_arrived" CHECK (("placement"."arrived_on" is null) = ("placement"."arrival_confirmed_by" is null) and ("placement"."arrived_on" is not null) = ("placement"."state" in ('stay', 'returned', 'closed')) and "placement"."arrival_confirmed_by" <> "placement"."participant_id"),
	CONSTRAINT "placement_left" CHECK (("placement"."left_on" is null) = ("placement"."departure_confirmed_by" is null) and ("placement"."left_on" is not null) = ("placement"."state" in ('returned', 'closed')) and "placement"."left_on" >= "placement"."arrived_on"),
	CONSTRAINT "placement_evaluated" CHECK (("placement"."evaluated_at" is null) = ("placement"."evaluated_by" is null) and "placement"."evaluated_by" <> "placement"."participant_id" and ("placement"."evaluation_grade" is null or "placement"."evaluation_grade" in ('excellent', 'good', 'satisfactory', 'unsatisfactory'))),
	CONSTRAINT "placement_closed" CHECK (("placement"."state" = 'closed') = ("placement"."closed_at" is not null) and ("placement"."closed_at" is null or ("placement"."reported_at" is not null and "placement"."evaluated_at" is not null))),
	CONSTRAINT "placement_lengths" CHECK (char_length("placement"."report") <= 12000 and char_length("placement"."evaluation") <= 6000)
);
--> statement-breakpoint
CREATE TABLE "placement_cost" (
	"id" uuid PRIMARY KEY NOT NULL,
	"placement_id" uuid NOT NULL,
	"heading" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"institution_id" uuid NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "placement_cost_heading" UNIQUE("placement_id","heading"),
	CONSTRAINT "placement_cost_amount" CHECK ("placement_cost"."amount" >= 0),
	CONSTRAINT "placement_cost_currency" CHECK ("placement_cost"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "placement_duty" (
	"id" uuid PRIMARY KEY NOT NULL,
	"placement_id" uuid NOT NULL,
	"code" text NOT NULL,
	"owner" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"done_on" date,
	"done_by" uuid,
	CONSTRAINT "placement_duty_once" UNIQUE("placement_id","code"),
	CONSTRAINT "placement_duty_owner" CHECK ("placement_duty"."owner" in ('host', 'participant')),
	CONSTRAINT "placement_duty_done" CHECK (("placement_duty"."done_on" is null) = ("placement_duty"."done_by" is null))
);
--> statement-breakpoint
CREATE TABLE "placement_note" (
	"id" uuid PRIMARY KEY NOT NULL,
	"placement_id" uuid NOT NULL,
	"month" date NOT NULL,
	"words" text NOT NULL,
	"locale" text NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "placement_note_month" UNIQUE("placement_id","month"),
	CONSTRAINT "placement_note_length" CHECK (char_length("placement_note"."words") between 1 and 4000),
	CONSTRAINT "placement_note_first" CHECK (extract(day from "placement_note"."month") = 1)
);
--> statement-breakpoint
CREATE TABLE "placement_output" (
	"id" uuid PRIMARY KEY NOT NULL,
	"placement_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"identifier" text,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "placement_output_number" UNIQUE("placement_id","number"),
	CONSTRAINT "placement_output_kind" CHECK ("placement_output"."kind" in ('publication', 'patent', 'data', 'method', 'other')),
	CONSTRAINT "placement_output_length" CHECK (char_length("placement_output"."title") between 1 and 400)
);
--> statement-breakpoint
CREATE TABLE "placement_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"placement_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"new_date" date,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deciding_institution_id" uuid NOT NULL,
	"outcome" text,
	"outcome_reason" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "placement_request_number" UNIQUE("placement_id","number"),
	CONSTRAINT "placement_request_kind" CHECK ("placement_request"."kind" in ('extension', 'early-return', 'no-show', 'force-majeure')),
	CONSTRAINT "placement_request_date" CHECK (("placement_request"."kind" in ('extension', 'early-return')) <= ("placement_request"."new_date" is not null)),
	CONSTRAINT "placement_request_decided" CHECK (("placement_request"."decided_at" is null) = ("placement_request"."decided_by" is null) and ("placement_request"."decided_at" is null) = ("placement_request"."outcome" is null) and ("placement_request"."outcome" is null or "placement_request"."outcome" in ('granted', 'refused')) and ("placement_request"."outcome" <> 'refused' or "placement_request"."outcome_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"assigned_by" uuid NOT NULL,
	"assigned_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"reminded_at" timestamp with time zone,
	"scores" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"mean" double precision,
	"comment" text DEFAULT '' NOT NULL,
	"confidential" text DEFAULT '' NOT NULL,
	"submitted_at" timestamp with time zone,
	"state" text DEFAULT 'assigned' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state_by" uuid,
	"state_reason" text,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "review_state" CHECK ("review"."state" in ('assigned', 'submitted', 'recused', 'released')),
	CONSTRAINT "review_submitted" CHECK ("review"."state" <> 'submitted' or ("review"."submitted_at" is not null and "review"."mean" is not null and "review"."comment" <> '')),
	CONSTRAINT "review_recused" CHECK ("review"."state" <> 'recused' or "review"."state_reason" is not null),
	CONSTRAINT "review_lengths" CHECK (char_length("review"."comment") <= 6000 and char_length("review"."confidential") <= 6000)
);
--> statement-breakpoint
CREATE TABLE "review_conflict" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"declared_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"declared_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "application" DROP CONSTRAINT "application_state";--> statement-breakpoint
ALTER TABLE "application" DROP CONSTRAINT "application_home_decided";--> statement-breakpoint
ALTER TABLE "application" DROP CONSTRAINT "application_host_decided";--> statement-breakpoint
ALTER TABLE "application" DROP CONSTRAINT "application_reason";--> statement-breakpoint
ALTER TABLE "application" DROP CONSTRAINT "application_due";--> statement-breakpoint
ALTER TABLE "call" DROP CONSTRAINT "call_state";--> statement-breakpoint
ALTER TABLE "call" DROP CONSTRAINT "call_published";--> statement-breakpoint
DROP INDEX "application_home_due";--> statement-breakpoint
ALTER TABLE "certificate" ALTER COLUMN "enrolment_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "certificate" ALTER COLUMN "course_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "application" ADD COLUMN "eligibility_decided_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "application" ADD COLUMN "eligibility_decided_by" uuid;--> statement-breakpoint
ALTER TABLE "application" ADD COLUMN "rank" integer;--> statement-breakpoint
ALTER TABLE "application" ADD COLUMN "score" double precision;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "cancellation" jsonb;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "laboratory" text;--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "placement_id" uuid;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_decided_by_person_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_version_id_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_supervisor_id_person_id_fk" FOREIGN KEY ("supervisor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endorsement" ADD CONSTRAINT "endorsement_link_id_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."link"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_question" ADD CONSTRAINT "host_question_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_question" ADD CONSTRAINT "host_question_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_question" ADD CONSTRAINT "host_question_replied_by_person_id_fk" FOREIGN KEY ("replied_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter" ADD CONSTRAINT "letter_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter" ADD CONSTRAINT "letter_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter" ADD CONSTRAINT "letter_signed_by_person_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_participant_id_person_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_home_institution_id_institution_id_fk" FOREIGN KEY ("home_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_host_institution_id_institution_id_fk" FOREIGN KEY ("host_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_host_supervisor_id_person_id_fk" FOREIGN KEY ("host_supervisor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_arrival_confirmed_by_person_id_fk" FOREIGN KEY ("arrival_confirmed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_departure_confirmed_by_person_id_fk" FOREIGN KEY ("departure_confirmed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_evaluated_by_person_id_fk" FOREIGN KEY ("evaluated_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement" ADD CONSTRAINT "placement_state_by" FOREIGN KEY ("state_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_cost" ADD CONSTRAINT "placement_cost_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_cost" ADD CONSTRAINT "placement_cost_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_cost" ADD CONSTRAINT "placement_cost_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_duty" ADD CONSTRAINT "placement_duty_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_duty" ADD CONSTRAINT "placement_duty_done_by_person_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_note" ADD CONSTRAINT "placement_note_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_output" ADD CONSTRAINT "placement_output_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_request" ADD CONSTRAINT "placement_request_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_request" ADD CONSTRAINT "placement_request_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_request" ADD CONSTRAINT "placement_request_deciding_institution_id_institution_id_fk" FOREIGN KEY ("deciding_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_request" ADD CONSTRAINT "placement_request_decided_by_person_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_reviewer_id_person_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_assigned_by_person_id_fk" FOREIGN KEY ("assigned_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_state_by" FOREIGN KEY ("state_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_conflict" ADD CONSTRAINT "review_conflict_reviewer_id_person_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_conflict" ADD CONSTRAINT "review_conflict_applicant_id_person_id_fk" FOREIGN KEY ("applicant_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_conflict" ADD CONSTRAINT "review_conflict_declared_by_person_id_fk" FOREIGN KEY ("declared_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appeal_open" ON "appeal" USING btree ("institution_id","made_at") WHERE "appeal"."decided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "correction_open" ON "correction" USING btree ("application_id") WHERE "correction"."answered_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "endorsement_open" ON "endorsement" USING btree ("application_id") WHERE "endorsement"."state" in ('asked', 'given');--> statement-breakpoint
CREATE INDEX "endorsement_supervisor" ON "endorsement" USING btree ("supervisor_id","asked_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "host_question_open" ON "host_question" USING btree ("application_id") WHERE "host_question"."replied_at" is null;--> statement-breakpoint
CREATE INDEX "letter_application" ON "letter" USING btree ("application_id","issued_at");--> statement-breakpoint
CREATE INDEX "placement_participant" ON "placement" USING btree ("participant_id","starts_on");--> statement-breakpoint
CREATE INDEX "placement_home" ON "placement" USING btree ("home_institution_id","state","due_at","id");--> statement-breakpoint
CREATE INDEX "placement_host" ON "placement" USING btree ("host_institution_id","state","due_at","id");--> statement-breakpoint
CREATE INDEX "placement_supervisor" ON "placement" USING btree ("host_supervisor_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "placement_request_open" ON "placement_request" USING btree ("placement_id") WHERE "placement_request"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "placement_request_waiting" ON "placement_request" USING btree ("deciding_institution_id","asked_at") WHERE "placement_request"."decided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "review_once" ON "review" USING btree ("application_id","reviewer_id");--> statement-breakpoint
CREATE INDEX "review_queue" ON "review" USING btree ("reviewer_id","state","due_at","id");--> statement-breakpoint
CREATE INDEX "review_overdue" ON "review" USING btree ("due_at") WHERE "review"."state" = 'assigned';--> statement-breakpoint
CREATE UNIQUE INDEX "review_conflict_once" ON "review_conflict" USING btree ("reviewer_id","applicant_id");--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_eligibility_decided_by_person_id_fk" FOREIGN KEY ("eligibility_decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_call" ON "application" USING btree ("call_id","state","rank","id");--> statement-breakpoint
CREATE INDEX "call_public" ON "call" USING btree ("deadline","id") WHERE "call"."state" not in ('draft', 'half-signed');--> statement-breakpoint
CREATE INDEX "application_home_due" ON "application" USING btree ("home_institution_id","due_at","id") WHERE "application"."state" in ('submitted', 'eligible', 'selected', 'queried') and "application"."due_at" is not null;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_placementId_unique" UNIQUE("placement_id");--> statement-breakpoint
-- Whoever nominated before there was a step of its own had found the application eligible in the same act.
UPDATE "application" SET "eligibility_decided_at" = "home_decided_at", "eligibility_decided_by" = "home_decided_by"
  WHERE "state" IN ('nominated', 'not-nominated', 'accepted', 'declined');--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_eligibility_decided" CHECK (("application"."eligibility_decided_at" is null) = ("application"."eligibility_decided_by" is null) and ("application"."eligibility_decided_at" is null or "application"."state" not in ('draft', 'submitted', 'returned')) and ("application"."eligibility_decided_at" is not null or "application"."state" in ('draft', 'submitted', 'returned', 'withdrawn')) and "application"."eligibility_decided_by" <> "application"."applicant_id");--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_ranked" CHECK ("application"."state" not in ('selected', 'reserve', 'not-selected') or "application"."rank" is not null);--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_state" CHECK ("application"."state" in ('draft', 'submitted', 'returned', 'eligible', 'ineligible', 'selected', 'reserve', 'not-selected', 'nominated', 'queried', 'not-nominated', 'accepted', 'declined', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_home_decided" CHECK (("application"."home_decided_at" is null) = ("application"."home_decided_by" is null) and ("application"."home_decided_at" is not null or "application"."state" not in ('nominated', 'queried', 'not-nominated', 'accepted', 'declined')) and ("application"."home_decided_at" is null or "application"."state" in ('nominated', 'queried', 'not-nominated', 'accepted', 'declined', 'withdrawn')) and "application"."home_decided_by" <> "application"."applicant_id");--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_host_decided" CHECK (("application"."host_decided_at" is null) = ("application"."host_decided_by" is null) and ("application"."host_decided_at" is not null or "application"."state" not in ('accepted', 'declined')) and ("application"."host_decided_at" is null or "application"."state" in ('accepted', 'declined', 'withdrawn')) and "application"."host_decided_by" <> "application"."applicant_id");--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_reason" CHECK ("application"."state" not in ('ineligible', 'not-nominated', 'declined', 'queried') or "application"."state_reason" is not null);--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_due" CHECK ("application"."due_at" is null or "application"."state" in ('submitted', 'returned', 'eligible', 'selected', 'nominated', 'queried'));--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_cancelled" CHECK (("call"."state" = 'cancelled') = ("call"."cancellation" is not null));--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_state" CHECK ("call"."state" in ('draft', 'half-signed', 'published', 'closed', 'in-review', 'decided', 'archived', 'cancelled'));--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_published" CHECK (("call"."state" not in ('draft', 'half-signed')) = ("call"."published_at" is not null and "call"."published_version_id" is not null));--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_of_one" CHECK (num_nonnulls("certificate"."enrolment_id", "certificate"."placement_id") = 1 and ("certificate"."enrolment_id" is null) = ("certificate"."course_id" is null));