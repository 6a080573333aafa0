-- The side of a member is the institution's: copied, so that the exclusion below can compare it.
CREATE FUNCTION thesis_member_side() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT side INTO NEW.side FROM institution WHERE id = NEW.institution_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER thesis_member_side BEFORE INSERT OR UPDATE ON thesis_member
  FOR EACH ROW EXECUTE FUNCTION thesis_member_side();
--> statement-breakpoint
-- The two supervisors of a thesis stand on different sides, at any time.
ALTER TABLE thesis_member ADD CONSTRAINT thesis_member_two_sides EXCLUDE USING gist (
    thesis_id WITH =, side WITH =, daterange(valid_from, valid_until, '[)') WITH &&
  ) WHERE (role IN ('supervisor', 'co-supervisor'));
--> statement-breakpoint
-- Home and host stand on different sides too.
CREATE FUNCTION thesis_two_sides() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(DISTINCT side) FROM institution WHERE id IN (NEW.home_institution_id, NEW.host_institution_id)) <> 2 THEN
    RAISE EXCEPTION 'home and host institution of a thesis stand on different sides'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'thesis_two_sides';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER thesis_two_sides BEFORE INSERT OR UPDATE OF home_institution_id, host_institution_id ON thesis
  FOR EACH ROW EXECUTE FUNCTION thesis_two_sides();
--> statement-breakpoint
-- Whoever changes a thesis leaves it with one candidate, one supervisor and one co-supervisor.
CREATE FUNCTION thesis_complete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  thesis_in_question uuid := to_jsonb(NEW) ->> CASE TG_TABLE_NAME WHEN 'thesis' THEN 'id' ELSE 'thesis_id' END;
BEGIN
  IF (SELECT count(*) FROM thesis_member WHERE thesis_id = thesis_in_question AND valid_until IS NULL) <> 3
    AND EXISTS (SELECT FROM thesis WHERE id = thesis_in_question AND ended_on IS NULL) THEN
    RAISE EXCEPTION 'a thesis has a candidate, a supervisor and a co-supervisor'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'thesis_complete';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER thesis_complete AFTER INSERT ON thesis
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION thesis_complete();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER thesis_member_complete AFTER INSERT OR UPDATE ON thesis_member
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION thesis_complete();
--> statement-breakpoint
-- Opinions open when two are in; a report is decided when the version carries two standing signatures.
CREATE FUNCTION progress_report_ready() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.opinions_opened_at IS NOT NULL AND OLD.opinions_opened_at IS NULL
    AND (SELECT count(*) FROM opinion WHERE report_id = NEW.id AND given_at IS NOT NULL) < 2 THEN
    RAISE EXCEPTION 'opinions stay sealed until both are in'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'opinions_sealed';
  END IF;
  IF NEW.state = 'decided' AND OLD.state <> 'decided'
    AND (SELECT count(*) FROM signature WHERE version_id = NEW.decision_version_id AND voided_at IS NULL) < 2 THEN
    RAISE EXCEPTION 'a joint decision needs both signatures'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_signed_by_both';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER progress_report_ready BEFORE UPDATE ON progress_report
  FOR EACH ROW EXECUTE FUNCTION progress_report_ready();
--> statement-breakpoint
-- An opinion that others have read is no longer changed.
CREATE FUNCTION opinion_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM progress_report WHERE id = OLD.report_id AND opinions_opened_at IS NOT NULL) THEN
    RAISE EXCEPTION 'an opened opinion is not changed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'opinion_opened';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
--> statement-breakpoint
CREATE TRIGGER opinion_opened BEFORE UPDATE OR DELETE ON opinion
  FOR EACH ROW EXECUTE FUNCTION opinion_opened();
