-- Where a tenant's data are. Absent, or without a name: in the tables of `public`, which tenants share. The row outlives its
-- tenant, so that what is left of one can be removed.
CREATE TABLE tenant_places (
  tenant_id     uuid PRIMARY KEY,
  level         text NOT NULL DEFAULT 'shared' CHECK (level IN ('shared', 'schema', 'database', 'dedicated-cluster')),
  schema_name   text,
  database_name text,
  -- One higher with each move.
  generation    integer NOT NULL DEFAULT 1,
  -- Up to which position of the tenant's log the tables of the directory follow it; counts where the log is in another database.
  projected     bigint NOT NULL DEFAULT 0,
  CHECK ((level = 'schema') = (schema_name IS NOT NULL)),
  CHECK ((level IN ('database', 'dedicated-cluster')) = (database_name IS NOT NULL))
);

-- What operators asked for. The maintenance worker, as the owner, does it.
CREATE TABLE tenant_moves (
  id            uuid PRIMARY KEY,
  tenant_id     uuid NOT NULL,
  wanted        text NOT NULL CHECK (wanted IN ('shared', 'schema', 'database', 'dedicated-cluster')),
  state         text NOT NULL DEFAULT 'requested' CHECK (state IN ('requested', 'copying', 'switched', 'done', 'failed')),
  requested_by  text NOT NULL,
  requested_at  timestamptz(3) NOT NULL DEFAULT now(),
  switched_at   timestamptz(3),
  finished_at   timestamptz(3),
  attempts      integer NOT NULL DEFAULT 0,
  progress      jsonb NOT NULL DEFAULT '{}',
  error         text,
  -- Both null: the shared tables.
  to_schema     text,
  to_database   text,
  -- The old copy, which is removed after a while.
  from_schema   text,
  from_database text
);
CREATE INDEX tenant_moves_tenant ON tenant_moves (tenant_id, requested_at);
CREATE UNIQUE INDEX tenant_moves_one_open ON tenant_moves (tenant_id) WHERE state IN ('requested', 'copying');

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tenant_places', 'tenant_moves'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
  END LOOP;
END
$$;
GRANT SELECT, INSERT (tenant_id), UPDATE (projected) ON tenant_places TO signalbox_app;
GRANT SELECT, INSERT (id, tenant_id, wanted, requested_by, requested_at) ON tenant_moves TO signalbox_app;

-- A transaction that was begun with an old snapshot must not believe it. Asked only for those: it writes a row lock.
CREATE FUNCTION place_is_as_seen(tenant uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT FROM tenant_places WHERE tenant_id = tenant FOR SHARE
$$;

-- The first statement of each transaction of a tenant: takes the tenant's lock, shared, until its end, and only then asks where
-- the tenant is. Who moves a tenant holds that lock alone, so nobody reads or writes at a place that was left.
CREATE FUNCTION enter_tenant(tenant uuid)
RETURNS TABLE (place_database text, place_level text, place_generation integer, place_projected bigint)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  place record;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7204016, hashtext(tenant::text));
  PERFORM set_config('app.tenant_id', tenant::text, true);
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM public.place_is_as_seen(tenant);
  END IF;
  SELECT p.* INTO place FROM public.tenant_places p WHERE p.tenant_id = tenant;
  IF place.schema_name IS NOT NULL THEN
    PERFORM set_config('search_path', quote_ident(place.schema_name) || ', public', true);
  END IF;
  RETURN QUERY SELECT place.database_name, coalesce(place.level, 'shared'), coalesce(place.generation, 1), coalesce(place.projected, 0);
END
$$;

-- Who is not in the shared tables: for work in the background, which visits each.
CREATE FUNCTION tenants_elsewhere()
RETURNS TABLE (place_tenant_id uuid, place_level text, place_generation integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT tenant_id, level, generation FROM tenant_places WHERE level <> 'shared' ORDER BY tenant_id
$$;

REVOKE ALL ON FUNCTION enter_tenant(uuid), place_is_as_seen(uuid), tenants_elsewhere() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enter_tenant(uuid), place_is_as_seen(uuid), tenants_elsewhere() TO signalbox_app;
