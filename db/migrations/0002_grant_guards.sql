-- One person's deciding grants lie on one side (DESIGN §4). A side is copied into the grant so that
-- the database itself can refuse the second one; the trigger keeps the copy true.
CREATE FUNCTION role_grant_side() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT side INTO NEW.side FROM institution WHERE id = NEW.institution_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER role_grant_side BEFORE INSERT OR UPDATE ON role_grant
  FOR EACH ROW EXECUTE FUNCTION role_grant_side();
--> statement-breakpoint
ALTER TABLE role_grant ADD CONSTRAINT role_grant_one_side EXCLUDE USING gist (person_id WITH =, side WITH <>)
  WHERE (revoked_at IS NULL AND effect = 'allow' AND side IS NOT NULL
    AND role IN ('supervisor', 'reviewer', 'instructor', 'coordinator', 'protocol', 'institution-admin'));
