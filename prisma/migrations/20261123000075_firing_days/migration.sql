-- The owner's alone: a tenant that comes back to the shared tables brings days for which there may be no partition any more.
CREATE FUNCTION make_alert_firings_day(at_day date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  part text := 'd' || to_char(at_day, 'YYYYMMDD');
BEGIN
  PERFORM pg_advisory_xact_lock(7204015);
  IF to_regclass('alert_firings_days.' || part) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format(
    'CREATE TABLE alert_firings_days.%I PARTITION OF public.alert_firings FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 80)',
    part, at_day, at_day + 1);
  EXECUTE format('ALTER TABLE alert_firings_days.%I ENABLE ROW LEVEL SECURITY', part);
  EXECUTE format('ALTER TABLE alert_firings_days.%I FORCE ROW LEVEL SECURITY', part);
  EXECUTE format(
    'CREATE POLICY tenant ON alert_firings_days.%I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())',
    part);
END
$$;
REVOKE ALL ON FUNCTION make_alert_firings_day(date) FROM PUBLIC;
