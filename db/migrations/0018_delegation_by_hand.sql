CREATE TABLE "share_consent" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delegate_id" uuid NOT NULL,
	"mate_id" uuid NOT NULL,
	"asked_by" uuid,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text,
	"answer_source" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	CONSTRAINT "share_consent_once" UNIQUE("delegate_id","mate_id"),
	CONSTRAINT "share_consent_two" CHECK ("share_consent"."delegate_id" <> "share_consent"."mate_id"),
	CONSTRAINT "share_consent_answer" CHECK ("share_consent"."answer" in ('agreed', 'refused')),
	CONSTRAINT "share_consent_answered" CHECK (("share_consent"."answer" is null) = ("share_consent"."answered_at" is null) and ("share_consent"."answer" is null) = ("share_consent"."answer_source" is null)),
	CONSTRAINT "share_consent_source" CHECK ("share_consent"."answer_source" is null or ("share_consent"."answer_source" = 'person' and "share_consent"."answered_by" is not null)
      or ("share_consent"."answer_source" = 'list' and "share_consent"."answered_by" is null and "share_consent"."answer" = 'agreed'))
);
--> statement-breakpoint
ALTER TABLE "delegate" DROP CONSTRAINT "delegate_once";--> statement-breakpoint
DROP INDEX "delegate_head";--> statement-breakpoint
ALTER TABLE "delegate" ADD COLUMN "consulate_city" text;--> statement-breakpoint
ALTER TABLE "delegate" ADD COLUMN "employer_address" text;--> statement-breakpoint
ALTER TABLE "delegate" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delegate" ADD COLUMN "ended_by" uuid;--> statement-breakpoint
ALTER TABLE "delegate" ADD COLUMN "ended_reason" text;--> statement-breakpoint
ALTER TABLE "delegate" ADD COLUMN "revision" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "trip" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "share_consent" ADD CONSTRAINT "share_consent_delegate_id_delegate_id_fk" FOREIGN KEY ("delegate_id") REFERENCES "public"."delegate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_consent" ADD CONSTRAINT "share_consent_mate_id_delegate_id_fk" FOREIGN KEY ("mate_id") REFERENCES "public"."delegate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_consent" ADD CONSTRAINT "share_consent_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "share_consent_mate" ON "share_consent" USING btree ("mate_id");--> statement-breakpoint
ALTER TABLE "delegate" ADD CONSTRAINT "delegate_ended_by_person_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delegate_once" ON "delegate" USING btree ("delegation_id","person_id") WHERE "delegate"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "delegate_head" ON "delegate" USING btree ("delegation_id") WHERE "delegate"."role" = 'head' and "delegate"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "delegate" ADD CONSTRAINT "delegate_person_key" UNIQUE("id","person_id");--> statement-breakpoint
ALTER TABLE "delegate" ADD CONSTRAINT "delegate_ended" CHECK (("delegate"."ended_at" is null) = ("delegate"."ended_reason" is null) and ("delegate"."ended_at" is null) = ("delegate"."ended_by" is null));--> statement-breakpoint
ALTER TABLE "share_consent" ADD CONSTRAINT "share_consent_own" FOREIGN KEY ("delegate_id","answered_by") REFERENCES "public"."delegate"("id","person_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- What lists said so far is the list's word, until the people answer themselves.
INSERT INTO share_consent (id, delegate_id, mate_id, answer, answer_source, answered_at)
SELECT gen_random_uuid(), mine.id, theirs.id, 'agreed', 'list', mine.created_at
FROM delegate mine JOIN delegate theirs ON theirs.delegation_id = mine.delegation_id AND theirs.person_id = mine.share_with_id;
--> statement-breakpoint
INSERT INTO share_consent (id, delegate_id, mate_id)
SELECT gen_random_uuid(), mate_id, delegate_id FROM share_consent ON CONFLICT (delegate_id, mate_id) DO NOTHING;
--> statement-breakpoint
-- Nobody who was taken out of a delegation has a bed in it.
CREATE OR REPLACE FUNCTION room_stay_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended timestamptz;
BEGIN
  SELECT person_id, ended_at INTO NEW.person_id, ended FROM delegate WHERE id = NEW.delegate_id;
  IF ended IS NOT NULL THEN
    RAISE EXCEPTION 'a person taken out of a delegation has no bed in it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'room_stay_ended';
  END IF;
  PERFORM FROM room WHERE id = NEW.room_id FOR UPDATE;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Two people share a room on a night only where each has agreed to the other.
CREATE OR REPLACE FUNCTION room_stay_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM room_stay other
    WHERE other.room_id = NEW.room_id AND other.id <> NEW.id AND other.nights && NEW.nights
      AND 2 > (
        SELECT count(*) FROM share_consent
        WHERE answer = 'agreed' AND ((delegate_id = NEW.delegate_id AND mate_id = other.delegate_id)
          OR (delegate_id = other.delegate_id AND mate_id = NEW.delegate_id))
      )
  ) THEN
    RAISE EXCEPTION 'two people share a room only by mutual consent'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'room_stay_consent';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Consent is not taken back while the two share a room: one of them moves out first. Those who
-- change beds or answers hold the delegation, so that neither passes the other unseen.
DROP TRIGGER delegate_consent ON delegate;
--> statement-breakpoint
DROP FUNCTION delegate_consent();
--> statement-breakpoint
CREATE FUNCTION share_consent_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM room_stay mine
    JOIN room_stay other ON other.room_id = mine.room_id AND other.delegate_id = OLD.mate_id AND other.nights && mine.nights
    WHERE mine.delegate_id = OLD.delegate_id
  ) AND (TG_OP = 'DELETE' OR NEW.answer IS DISTINCT FROM 'agreed'
    OR NEW.delegate_id <> OLD.delegate_id OR NEW.mate_id <> OLD.mate_id) THEN
    RAISE EXCEPTION 'consent to share is not taken back while the room is shared'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'share_consent_kept';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER share_consent_kept AFTER UPDATE OR DELETE ON share_consent
  FOR EACH ROW EXECUTE FUNCTION share_consent_kept();
