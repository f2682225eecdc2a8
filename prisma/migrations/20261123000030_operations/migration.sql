-- Readiness compares the history with what the program brings. Prisma's shadow database keeps none.
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    GRANT SELECT ON _prisma_migrations TO signalbox_app;
  END IF;
END
$$;

-- Where a session was opened from: for the person whose session it is.
ALTER TABLE auth_sessions ADD COLUMN client_address text NOT NULL DEFAULT '';

-- Whether the key file opens what was sealed under it, asked at start and by readiness. Wrapped keys, of any tenants: without
-- the key file they are worth nothing.
CREATE FUNCTION some_data_keys(most integer)
RETURNS TABLE (tenant_id uuid, wrapped bytea)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.tenant_id, d.wrapped FROM data_keys d ORDER BY random() LIMIT most
$$;

REVOKE ALL ON FUNCTION some_data_keys(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION some_data_keys(integer) TO signalbox_app;
