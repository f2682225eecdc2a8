-- What a tenant had of its rates, counted for all processes together. Unlogged: after a crash all begin anew, and a lease waits for
-- no disk.
CREATE UNLOGGED TABLE tenant_rates (
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  rate text NOT NULL,
  used double precision NOT NULL,
  counted_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, rate)
);
ALTER TABLE tenant_rates ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_rates FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenant_rates USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT ON tenant_rates TO signalbox_app;

-- Hands out up to `wanted` of what the tenant has left of this rate, `fewest` at least or none; `back` was handed out before and
-- not used. What was used fades evenly, so a changed limit holds with the next call. `wait`: seconds until `fewest` would be there.
CREATE FUNCTION lease_rate(tenant uuid, counted text, per_minute double precision, fewest double precision,
                           wanted double precision, back double precision)
RETURNS TABLE (granted double precision, wait double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  held tenant_rates;
  at timestamptz;
  gone double precision;
BEGIN
  SELECT * INTO held FROM tenant_rates WHERE tenant_id = tenant AND rate = counted FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO tenant_rates VALUES (tenant, counted, 0, clock_timestamp()) ON CONFLICT DO NOTHING;
    SELECT * INTO held FROM tenant_rates WHERE tenant_id = tenant AND rate = counted FOR UPDATE;
  END IF;
  at := clock_timestamp();
  gone := greatest(0, held.used - greatest(0, extract(epoch FROM at - held.counted_at)) * per_minute / 60 - back);
  -- The hair's breadth is for what rounding takes away.
  IF per_minute - gone + 0.000001 >= fewest THEN
    granted := greatest(fewest, floor(least(wanted, per_minute - gone)));
    wait := 0;
  ELSE
    granted := 0;
    wait := (fewest - (per_minute - gone)) / per_minute * 60;
  END IF;
  UPDATE tenant_rates SET used = gone + granted, counted_at = at WHERE tenant_id = tenant AND rate = counted;
  RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION lease_rate(uuid, text, double precision, double precision, double precision, double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lease_rate(uuid, text, double precision, double precision, double precision, double precision) TO signalbox_app;
