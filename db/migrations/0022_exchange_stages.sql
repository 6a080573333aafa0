DROP INDEX "application_home_state";--> statement-breakpoint
DROP INDEX "application_host_state";--> statement-breakpoint
ALTER TABLE "application" ADD COLUMN "placement_state" text;--> statement-breakpoint
ALTER TABLE "application" ADD COLUMN "stage" text GENERATED ALWAYS AS (case when state = 'accepted' then 'placement-' || coalesce(placement_state, 'programme') else state end) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "application_home_stage" ON "application" USING btree ("home_institution_id","stage","state_at","id");--> statement-breakpoint
CREATE INDEX "application_host_stage" ON "application" USING btree ("host_institution_id","stage","state_at","id");--> statement-breakpoint
-- The application's lists say where its placement stands, without joining it.
CREATE FUNCTION placement_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE application SET placement_state = NEW.state, state_at = greatest(state_at, NEW.state_at)
    WHERE id = NEW.application_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER placement_stage AFTER INSERT OR UPDATE OF state ON placement
  FOR EACH ROW EXECUTE FUNCTION placement_stage();
--> statement-breakpoint
UPDATE application SET placement_state = p.state FROM placement p WHERE p.application_id = application.id;
