-- There are exactly as many seats as the run says, in each pool; looked at when the transaction ends.
CREATE FUNCTION course_seats_match() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  run uuid := CASE
    WHEN TG_TABLE_NAME = 'course_run' THEN (to_jsonb(NEW) ->> 'id')::uuid
    ELSE (to_jsonb(COALESCE(NEW, OLD)) ->> 'run_id')::uuid
  END;
BEGIN
  IF EXISTS (
    SELECT FROM course_run r
    LEFT JOIN LATERAL (
      SELECT count(*) FILTER (WHERE s.pool = 'in') AS of_in,
        count(*) FILTER (WHERE s.pool = 'ru') AS of_ru,
        count(*) AS of_all
      FROM course_seat s WHERE s.run_id = r.id
    ) seat ON true
    WHERE r.id = run
      AND (seat.of_in, seat.of_ru, seat.of_all) IS DISTINCT FROM (r.quota_in::bigint, r.quota_ru::bigint, r.seats::bigint)
  ) THEN
    RAISE EXCEPTION 'the seats of a run are those it names'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'course_seats_match';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER course_seats_match AFTER INSERT OR UPDATE OF seats, quota_in, quota_ru ON course_run
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION course_seats_match();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER course_seat_match AFTER INSERT OR UPDATE OR DELETE ON course_seat
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION course_seats_match();
--> statement-breakpoint
-- Two sessions of a run never overlap.
ALTER TABLE course_session ADD CONSTRAINT course_session_apart
  EXCLUDE USING gist (run_id WITH =, tstzrange(starts_at, ends_at) WITH &&);
--> statement-breakpoint
-- The side of an enrolment is that of its institution; person, run and order of arrival never change.
CREATE FUNCTION enrolment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT side FROM institution WHERE id = NEW.institution_id) IS DISTINCT FROM NEW.side THEN
    RAISE EXCEPTION 'an enrolment counts for the side of its institution'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_side_of_institution';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.run_id, NEW.person_id, NEW.queue_number, NEW.institution_id)
    IS DISTINCT FROM (OLD.run_id, OLD.person_id, OLD.queue_number, OLD.institution_id) THEN
    RAISE EXCEPTION 'the order of arrival is never changed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_fixed';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER enrolment_guard BEFORE INSERT OR UPDATE ON enrolment
  FOR EACH ROW EXECUTE FUNCTION enrolment_guard();
--> statement-breakpoint
-- A certificate is never changed: it can be revoked, once, and stays.
CREATE FUNCTION certificate_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.revoked_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['revoked_at', 'revoked_by', 'revoked_reason']
      IS DISTINCT FROM to_jsonb(OLD) - ARRAY['revoked_at', 'revoked_by', 'revoked_reason'] THEN
    RAISE EXCEPTION 'an issued certificate is only ever revoked'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_unchanged';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER certificate_guard BEFORE UPDATE OR DELETE ON certificate
  FOR EACH ROW EXECUTE FUNCTION certificate_guard();
--> statement-breakpoint
-- What people were told of their place stays as it was told.
CREATE FUNCTION enrolment_move_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'moves of a waitlist are only added'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_move_unchanged';
END $$;
--> statement-breakpoint
CREATE TRIGGER enrolment_move_guard BEFORE UPDATE OR DELETE ON enrolment_move
  FOR EACH ROW EXECUTE FUNCTION enrolment_move_guard();
