-- A vault's only table. It names no person of the main database by a foreign key: the two never join.
CREATE TABLE vault_record (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  field text NOT NULL,
  key_name text NOT NULL,
  nonce bytea NOT NULL,
  ciphertext bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  erased_at timestamptz,
  CONSTRAINT vault_record_erased CHECK ((erased_at IS NULL) = (octet_length(ciphertext) > 0))
);
CREATE INDEX vault_record_person ON vault_record (person_id);
CREATE UNIQUE INDEX vault_record_current ON vault_record (person_id, field, id) WHERE erased_at IS NULL;

-- A record is written once and may only be erased; a new value is a new record.
CREATE FUNCTION vault_record_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
    AND (NEW.id, NEW.person_id, NEW.field, NEW.created_at) = (OLD.id, OLD.person_id, OLD.field, OLD.created_at)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a vault record may only be erased' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER vault_record_guard BEFORE UPDATE ON vault_record
  FOR EACH ROW EXECUTE FUNCTION vault_record_guard();
