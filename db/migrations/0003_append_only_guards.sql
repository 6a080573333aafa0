-- What was written down stays as it was: the audit log, versions and signatures (DESIGN §4). The triggers hold for
-- every role; verification names the row when somebody with the rights to switch them off did so.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% takes no % of what was written', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_row_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_row
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_head_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Personal values of an audit row may be erased, whole and once; nothing else.
CREATE FUNCTION audit_detail_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL AND NEW.values IS NULL
    AND NEW.audit_id = OLD.audit_id AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit_detail may only be erased' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_detail_guard BEFORE UPDATE ON audit_detail
  FOR EACH ROW EXECUTE FUNCTION audit_detail_guard();
--> statement-breakpoint
CREATE TRIGGER audit_detail_stays BEFORE DELETE OR TRUNCATE ON audit_detail
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A version's text never changes; it may be superseded once.
CREATE FUNCTION version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.superseded_at IS NULL
    AND to_jsonb(NEW) - 'superseded_at' = to_jsonb(OLD) - 'superseded_at'
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a version does not change' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER version_guard BEFORE UPDATE ON version FOR EACH ROW EXECUTE FUNCTION version_guard();
--> statement-breakpoint
CREATE TRIGGER version_stays BEFORE DELETE OR TRUNCATE ON version
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A signature may be voided, once; nothing else.
CREATE FUNCTION signature_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
    AND to_jsonb(NEW) - 'voided_at' - 'voided_reason' = to_jsonb(OLD) - 'voided_at' - 'voided_reason'
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a signature does not change' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER signature_guard BEFORE UPDATE ON signature FOR EACH ROW EXECUTE FUNCTION signature_guard();
--> statement-breakpoint
CREATE TRIGGER signature_stays BEFORE DELETE OR TRUNCATE ON signature
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
