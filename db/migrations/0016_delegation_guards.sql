-- A stay's person is the delegate's: copied, so that the exclusion below can compare it across delegations. The room is
-- held, so that two who move in at once see each other.
CREATE FUNCTION room_stay_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT person_id INTO NEW.person_id FROM delegate WHERE id = NEW.delegate_id;
  PERFORM FROM room WHERE id = NEW.room_id FOR UPDATE;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER room_stay_person BEFORE INSERT OR UPDATE ON room_stay
  FOR EACH ROW EXECUTE FUNCTION room_stay_person();
--> statement-breakpoint
-- A bed holds one person on a night.
ALTER TABLE room_stay ADD CONSTRAINT room_stay_one_in_bed
  EXCLUDE USING gist (room_id WITH =, bed WITH =, nights WITH &&);
--> statement-breakpoint
-- A person lies in one bed on a night.
ALTER TABLE room_stay ADD CONSTRAINT room_stay_one_bed
  EXCLUDE USING gist (person_id WITH =, nights WITH &&);
--> statement-breakpoint
-- Two people share a room on a night only where each has named the other.
CREATE FUNCTION room_stay_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM room_stay other
    JOIN delegate theirs ON theirs.id = other.delegate_id
    JOIN delegate mine ON mine.id = NEW.delegate_id
    WHERE other.room_id = NEW.room_id AND other.id <> NEW.id AND other.nights && NEW.nights
      AND (mine.share_with_id IS DISTINCT FROM theirs.person_id OR theirs.share_with_id IS DISTINCT FROM mine.person_id)
  ) THEN
    RAISE EXCEPTION 'two people share a room only by mutual consent'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'room_stay_consent';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER room_stay_consent AFTER INSERT OR UPDATE ON room_stay
  FOR EACH ROW EXECUTE FUNCTION room_stay_consent();
--> statement-breakpoint
-- Consent is not taken back while the two share a room: one of them moves out first.
CREATE FUNCTION delegate_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM room_stay mine
    JOIN room_stay other ON other.room_id = mine.room_id AND other.id <> mine.id AND other.nights && mine.nights
    JOIN delegate theirs ON theirs.id = other.delegate_id
    WHERE mine.delegate_id = NEW.id AND NEW.share_with_id IS DISTINCT FROM theirs.person_id
  ) THEN
    RAISE EXCEPTION 'consent to share is not taken back while the room is shared'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'delegate_consent';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER delegate_consent AFTER UPDATE OF share_with_id ON delegate
  FOR EACH ROW EXECUTE FUNCTION delegate_consent();
