-- What a tenant's Alertmanager was told: each label set once, and when it fired.
CREATE TABLE alert_label_sets (
  tenant_id     uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  -- The first half of a SHA-256 over the sorted labels.
  hash          uuid NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY,
  labels        jsonb NOT NULL,
  annotations   jsonb NOT NULL,
  generator_url text NOT NULL,
  first_seen    timestamptz(3) NOT NULL,
  last_seen     timestamptz(3) NOT NULL,
  -- The latest firing. Until `ends_at` it fires.
  starts_at     timestamptz(3) NOT NULL,
  ends_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, hash)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX alert_label_sets_id ON alert_label_sets (tenant_id, id);
CREATE INDEX alert_label_sets_ends ON alert_label_sets (tenant_id, ends_at);

-- One row for each firing and each day (UTC) on which something was heard of it, so that a day can be dropped as a whole.
CREATE TABLE alert_firings (
  tenant_id uuid NOT NULL,
  day       date NOT NULL,
  label_set bigint NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, day, label_set, starts_at)
) PARTITION BY RANGE (day);

-- Where a Prometheus sends its alerts to. Only the hash of a token is kept.
CREATE TABLE taps (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  name         text NOT NULL,
  token_hash   bytea NOT NULL UNIQUE,
  created_by   text NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  last_used_at timestamptz(3)
);
CREATE INDEX taps_tenant ON taps (tenant_id);

-- Absent: the defaults of the installation.
CREATE TABLE history_settings (
  tenant_id      uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  retention_days integer NOT NULL CHECK (retention_days BETWEEN 1 AND 400),
  poll_targets   boolean NOT NULL
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['alert_label_sets', 'alert_firings', 'taps', 'history_settings'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;

-- Partitions lie in a schema that the app's role may not enter: it reaches their rows through the table above only.
CREATE SCHEMA IF NOT EXISTS alert_firings_days;

-- Makes the partitions of the days around today, and drops those that no tenant keeps. All that the app may change of the
-- tables themselves; it takes no argument that could name anything.
CREATE FUNCTION maintain_alert_firings(default_retention integer) RETURNS TABLE (made integer, dropped integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  longest integer;
  at_day date;
  part text;
BEGIN
  made := 0;
  dropped := 0;
  -- Two processes would make the same partition.
  PERFORM pg_advisory_xact_lock(7204015);
  FOR at_day IN SELECT generate_series(today - 7, today + 7, interval '1 day')::date LOOP
    part := 'd' || to_char(at_day, 'YYYYMMDD');
    IF to_regclass('alert_firings_days.' || part) IS NULL THEN
      EXECUTE format(
        'CREATE TABLE alert_firings_days.%I PARTITION OF public.alert_firings FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 80)',
        part, at_day, at_day + 1);
      EXECUTE format('ALTER TABLE alert_firings_days.%I ENABLE ROW LEVEL SECURITY', part);
      EXECUTE format('ALTER TABLE alert_firings_days.%I FORCE ROW LEVEL SECURITY', part);
      EXECUTE format(
        'CREATE POLICY tenant ON alert_firings_days.%I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())',
        part);
      made := made + 1;
    END IF;
  END LOOP;
  SELECT greatest(least(default_retention, 400), coalesce(max(retention_days), 0)) INTO longest FROM history_settings;
  FOR part IN
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'alert_firings_days' AND c.relkind = 'r' AND c.relname < 'd' || to_char(today - longest, 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE alert_firings_days.%I', part);
    dropped := dropped + 1;
  END LOOP;
  RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION maintain_alert_firings(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION maintain_alert_firings(integer) TO signalbox_app;

-- Who sends is known by the token alone.
CREATE FUNCTION tap_of_token(hash bytea) RETURNS TABLE (tap_id uuid, tap_tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT id, tenant_id FROM taps WHERE token_hash = hash
$$;
REVOKE ALL ON FUNCTION tap_of_token(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tap_of_token(bytea) TO signalbox_app;
