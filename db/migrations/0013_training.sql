CREATE TABLE "attendance" (
	"session_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"mark" text NOT NULL,
	"marked_by" uuid NOT NULL,
	"marked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attendance_session_id_enrolment_id_pk" PRIMARY KEY("session_id","enrolment_id"),
	CONSTRAINT "attendance_mark" CHECK ("attendance"."mark" in ('present', 'absent', 'excused'))
);
--> statement-breakpoint
CREATE TABLE "certificate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"code" text NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"result" text DEFAULT 'passed' NOT NULL,
	"person_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"institution_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"issued_on" date NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"issued_by" uuid NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_by" uuid,
	"revoked_reason" text,
	CONSTRAINT "certificate_number_unique" UNIQUE("number"),
	CONSTRAINT "certificate_code_unique" UNIQUE("code"),
	CONSTRAINT "certificate_enrolmentId_unique" UNIQUE("enrolment_id"),
	CONSTRAINT "certificate_passed" CHECK ("certificate"."result" = 'passed'),
	CONSTRAINT "certificate_code" CHECK ("certificate"."code" ~ '^[0-9A-HJKMNP-TV-Z]{26}$'),
	CONSTRAINT "certificate_revoked" CHECK (num_nulls("certificate"."revoked_at", "certificate"."revoked_by", "certificate"."revoked_reason") in (0, 3)),
	CONSTRAINT "certificate_not_own" CHECK ("certificate"."issued_by" <> "certificate"."person_id")
);
--> statement-breakpoint
CREATE TABLE "course" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"title" jsonb NOT NULL,
	"area" text NOT NULL,
	"language" text NOT NULL,
	"mode" text NOT NULL,
	"host_institution_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "course_code_unique" UNIQUE("code"),
	CONSTRAINT "course_title" CHECK ("course"."title" ->> 'en' <> '' and "course"."title" ->> 'ru' <> ''),
	CONSTRAINT "course_language" CHECK ("course"."language" in ('en', 'ru')),
	CONSTRAINT "course_mode" CHECK ("course"."mode" in ('on-site', 'blended', 'online'))
);
--> statement-breakpoint
CREATE TABLE "course_prerequisite" (
	"course_id" uuid NOT NULL,
	"required_course_id" uuid NOT NULL,
	CONSTRAINT "course_prerequisite_course_id_required_course_id_pk" PRIMARY KEY("course_id","required_course_id"),
	CONSTRAINT "course_prerequisite_other" CHECK ("course_prerequisite"."course_id" <> "course_prerequisite"."required_course_id")
);
--> statement-breakpoint
CREATE TABLE "course_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"course_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"seats" integer NOT NULL,
	"quota_in" integer NOT NULL,
	"quota_ru" integer NOT NULL,
	"instructor_id" uuid,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "course_run_reference_unique" UNIQUE("reference"),
	CONSTRAINT "course_run_once" UNIQUE("course_id","starts_on"),
	CONSTRAINT "course_run_dates" CHECK ("course_run"."starts_on" <= "course_run"."ends_on"),
	CONSTRAINT "course_run_seats" CHECK ("course_run"."seats" between 1 and 1000 and "course_run"."quota_in" >= 0 and "course_run"."quota_ru" >= 0 and "course_run"."quota_in" + "course_run"."quota_ru" <= "course_run"."seats")
);
--> statement-breakpoint
CREATE TABLE "course_seat" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"pool" text NOT NULL,
	CONSTRAINT "course_seat_place" UNIQUE("id","run_id","pool"),
	CONSTRAINT "course_seat_pool" CHECK ("course_seat"."pool" in ('in', 'ru', 'surplus'))
);
--> statement-breakpoint
CREATE TABLE "course_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" jsonb NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "course_session_number" UNIQUE("run_id","number"),
	CONSTRAINT "course_session_of_run" UNIQUE("id","run_id"),
	CONSTRAINT "course_session_times" CHECK ("course_session"."starts_at" < "course_session"."ends_at" and "course_session"."ends_at" - "course_session"."starts_at" <= interval '12 hours')
);
--> statement-breakpoint
CREATE TABLE "enrolment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"institution_id" uuid NOT NULL,
	"side" text NOT NULL,
	"queue_number" integer NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state_by" uuid,
	"state_reason" text,
	"revision" uuid DEFAULT gen_random_uuid() NOT NULL,
	"seat_id" uuid,
	"seat_pool" text,
	"offered_until" timestamp with time zone,
	"place" integer,
	"sponsor_needed" boolean DEFAULT false NOT NULL,
	"sponsored_at" timestamp with time zone,
	"sponsored_by" uuid,
	"evidence_needed" boolean DEFAULT false NOT NULL,
	"evidence" text,
	"evidence_file_id" uuid,
	"evidence_accepted_at" timestamp with time zone,
	"evidence_accepted_by" uuid,
	"result" text,
	"grade" integer,
	"result_at" timestamp with time zone,
	"result_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "enrolment_queue" UNIQUE("run_id","queue_number"),
	CONSTRAINT "enrolment_seat" UNIQUE("seat_id"),
	CONSTRAINT "enrolment_of_run" UNIQUE("id","run_id"),
	CONSTRAINT "enrolment_result_of" UNIQUE("id","result"),
	CONSTRAINT "enrolment_state" CHECK ("enrolment"."state" in ('requested', 'waiting', 'offered', 'confirmed', 'refused', 'lapsed', 'withdrawn')),
	CONSTRAINT "enrolment_side" CHECK ("enrolment"."side" in ('in', 'ru')),
	CONSTRAINT "enrolment_seated" CHECK (("enrolment"."state" in ('offered', 'confirmed')) = ("enrolment"."seat_id" is not null)),
	CONSTRAINT "enrolment_seat_whole" CHECK (("enrolment"."seat_id" is null) = ("enrolment"."seat_pool" is null)),
	CONSTRAINT "enrolment_seat_side" CHECK ("enrolment"."seat_pool" is null or "enrolment"."seat_pool" in ('surplus', "enrolment"."side")),
	CONSTRAINT "enrolment_offer" CHECK (("enrolment"."state" = 'offered') = ("enrolment"."offered_until" is not null)),
	CONSTRAINT "enrolment_place" CHECK (("enrolment"."state" = 'waiting') = ("enrolment"."place" is not null) and "enrolment"."place" > 0),
	CONSTRAINT "enrolment_sponsored" CHECK (("enrolment"."sponsored_at" is null) = ("enrolment"."sponsored_by" is null) and ("enrolment"."state" not in ('waiting', 'offered', 'confirmed') or not "enrolment"."sponsor_needed" or "enrolment"."sponsored_at" is not null)),
	CONSTRAINT "enrolment_evidence" CHECK (("enrolment"."evidence_accepted_at" is null) = ("enrolment"."evidence_accepted_by" is null) and ("enrolment"."state" not in ('waiting', 'offered', 'confirmed') or not "enrolment"."evidence_needed" or "enrolment"."evidence_accepted_at" is not null)),
	CONSTRAINT "enrolment_evidence_said" CHECK (not "enrolment"."evidence_needed" or coalesce("enrolment"."evidence", '') <> ''),
	CONSTRAINT "enrolment_result" CHECK (num_nulls("enrolment"."result", "enrolment"."result_at", "enrolment"."result_by") in (0, 3) and ("enrolment"."result" is null or "enrolment"."state" = 'confirmed') and "enrolment"."result" in ('passed', 'failed')),
	CONSTRAINT "enrolment_grade" CHECK ("enrolment"."grade" is null or ("enrolment"."result" is not null and "enrolment"."grade" between 0 and 100)),
	CONSTRAINT "enrolment_not_own" CHECK ("enrolment"."result_by" <> "enrolment"."person_id" and "enrolment"."sponsored_by" <> "enrolment"."person_id" and "enrolment"."evidence_accepted_by" <> "enrolment"."person_id")
);
--> statement-breakpoint
CREATE TABLE "enrolment_move" (
	"id" uuid PRIMARY KEY NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"from_place" integer,
	"to_place" integer,
	"cause" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "enrolment_move_moves" CHECK ("enrolment_move"."from_place" is distinct from "enrolment_move"."to_place")
);
--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_marked_by_person_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_session" FOREIGN KEY ("session_id","run_id") REFERENCES "public"."course_session"("id","run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_enrolment_of_run" FOREIGN KEY ("enrolment_id","run_id") REFERENCES "public"."enrolment"("id","run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_issued_by_person_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_revoked_by_person_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_of_passed" FOREIGN KEY ("enrolment_id","result") REFERENCES "public"."enrolment"("id","result") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_host_institution_id_institution_id_fk" FOREIGN KEY ("host_institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_prerequisite" ADD CONSTRAINT "course_prerequisite_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_prerequisite" ADD CONSTRAINT "course_prerequisite_required_course_id_course_id_fk" FOREIGN KEY ("required_course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_run" ADD CONSTRAINT "course_run_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_run" ADD CONSTRAINT "course_run_instructor_id_person_id_fk" FOREIGN KEY ("instructor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_seat" ADD CONSTRAINT "course_seat_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_session" ADD CONSTRAINT "course_session_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_run_id_course_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."course_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_sponsored_by_person_id_fk" FOREIGN KEY ("sponsored_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_evidence_file_id_file_id_fk" FOREIGN KEY ("evidence_file_id") REFERENCES "public"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_evidence_accepted_by_person_id_fk" FOREIGN KEY ("evidence_accepted_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_result_by_person_id_fk" FOREIGN KEY ("result_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_seat_of_run" FOREIGN KEY ("seat_id","run_id","seat_pool") REFERENCES "public"."course_seat"("id","run_id","pool") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_move" ADD CONSTRAINT "enrolment_move_enrolment_id_enrolment_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attendance_enrolment" ON "attendance" USING btree ("enrolment_id");--> statement-breakpoint
CREATE INDEX "certificate_person" ON "certificate" USING btree ("person_id","course_id");--> statement-breakpoint
CREATE INDEX "course_host" ON "course" USING btree ("host_institution_id");--> statement-breakpoint
CREATE INDEX "course_run_starts" ON "course_run" USING btree ("starts_on","id");--> statement-breakpoint
CREATE INDEX "course_run_ends" ON "course_run" USING btree ("ends_on","id");--> statement-breakpoint
CREATE INDEX "course_run_instructor" ON "course_run" USING btree ("instructor_id");--> statement-breakpoint
CREATE INDEX "course_seat_run" ON "course_seat" USING btree ("run_id","pool");--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_once" ON "enrolment" USING btree ("run_id","person_id") WHERE "enrolment"."state" in ('requested', 'waiting', 'offered', 'confirmed');--> statement-breakpoint
CREATE INDEX "enrolment_person" ON "enrolment" USING btree ("person_id","run_id");--> statement-breakpoint
CREATE INDEX "enrolment_run" ON "enrolment" USING btree ("run_id","state","queue_number");--> statement-breakpoint
CREATE INDEX "enrolment_institution" ON "enrolment" USING btree ("institution_id","state");--> statement-breakpoint
CREATE INDEX "enrolment_offers" ON "enrolment" USING btree ("offered_until") WHERE "enrolment"."state" = 'offered';--> statement-breakpoint
CREATE INDEX "enrolment_move_of" ON "enrolment_move" USING btree ("enrolment_id","id");