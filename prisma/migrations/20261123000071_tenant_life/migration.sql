-- One higher with each act of an operator about the tenant.
ALTER TABLE tenants ADD COLUMN version integer NOT NULL DEFAULT 0;

-- Room for programs that work in a tenant as fast as they can.
UPDATE tiers SET quotas = quotas || '{"apiRate": 60000, "tapRate": 1000000}' WHERE name = 'professional' AND version = 1;
UPDATE tiers SET quotas = quotas || '{"apiRate": 300000, "tapRate": 6000000}' WHERE name = 'enterprise' AND version = 1;

-- Measured now and then in the background, for the operators' page of all tenants; what is refused is counted afresh.
CREATE TABLE tenant_usage (
  tenant_id   uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  used        jsonb NOT NULL,
  -- The largest share of a limit that is used, and of which.
  fullest     double precision NOT NULL,
  quota       text,
  measured_at timestamptz(3) NOT NULL,
  -- How far the tenant's log was: who wrote nothing since need not be measured again soon.
  position    bigint NOT NULL
);
CREATE INDEX tenant_usage_fullest ON tenant_usage (fullest DESC, tenant_id);
ALTER TABLE tenant_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_usage FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenant_usage USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON tenant_usage TO signalbox_app;

DROP FUNCTION all_tenants();
-- Background work, which visits each; the operators' pages ask for the tenants of one page.
CREATE FUNCTION all_tenants()
RETURNS TABLE (id uuid, slug text, name text, created_at timestamptz, tier text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug, t.name, t.created_at, t.tier, t.state FROM tenants t ORDER BY t.name, t.id
$$;

-- Mapping of claims, which name tenants by their slugs.
CREATE FUNCTION tenants_of_slugs(slugs text[])
RETURNS TABLE (id uuid, slug text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug FROM tenants t WHERE t.slug = ANY (slugs) AND t.state <> 'deleted' ORDER BY t.slug
$$;

-- One page of the operators' list, each null saying nothing. Members are counted for the tenants of the page alone.
CREATE FUNCTION find_tenants(search text, of_state text, of_tier text, ids uuid[], by_usage boolean, most integer, skip integer)
RETURNS TABLE (id uuid, slug text, name text, created_at timestamptz, tier text, state text, level text, members bigint,
               fullest double precision, quota text, measured_at timestamptz, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH found AS (
    SELECT t.id, u.fullest, u.quota, u.measured_at, t.name
    FROM tenants t LEFT JOIN tenant_usage u ON u.tenant_id = t.id
    WHERE (search IS NULL OR strpos(lower(t.name), lower(search)) > 0 OR strpos(t.slug, lower(search)) > 0)
      AND (of_state IS NULL OR t.state = of_state)
      AND (of_tier IS NULL OR t.tier = of_tier)
      AND (ids IS NULL OR t.id = ANY (ids))
  ), page AS (
    SELECT f.*, (SELECT count(*) FROM found) AS total FROM found f
    ORDER BY CASE WHEN by_usage THEN f.fullest END DESC NULLS LAST, f.name, f.id
    LIMIT most OFFSET skip
  )
  SELECT t.id, t.slug, t.name, t.created_at::timestamptz, t.tier, t.state, coalesce(e.level, 'shared'),
         (SELECT count(*) FROM memberships m WHERE m.tenant_id = t.id),
         p.fullest, p.quota, p.measured_at::timestamptz, p.total
  FROM page p JOIN tenants t ON t.id = p.id LEFT JOIN tenant_places e ON e.tenant_id = t.id
  ORDER BY CASE WHEN by_usage THEN p.fullest END DESC NULLS LAST, p.name, p.id;
END
$$;

-- Whose log went on since they were measured, or whose measure is old. A log that lies elsewhere is measured by its age alone.
CREATE FUNCTION tenants_to_measure(older_than interval, most integer)
RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id
  FROM tenants t LEFT JOIN tenant_usage u ON u.tenant_id = t.id LEFT JOIN event_heads h ON h.tenant_id = t.id
  WHERE t.state <> 'deleted'
    AND (u.tenant_id IS NULL OR h.position > u.position OR u.measured_at < now() - older_than)
  ORDER BY u.measured_at NULLS FIRST, t.id
  LIMIT most
$$;

-- Tenants whose grace is over.
CREATE FUNCTION tenants_to_purge(most integer)
RETURNS TABLE (id uuid, slug text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug FROM tenants t
  WHERE t.state = 'deleted' AND t.purge_after <= now() ORDER BY t.purge_after, t.id LIMIT most
$$;

-- Every row of a tenant whose grace is over, in every table that has tenants, then the tenant itself. A tenant that is not
-- in the shared tables leaves its place behind, so that who looks after places removes what lies there.
CREATE FUNCTION purge_tenant(tenant uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  name text;
  left_over text[];
  again text[];
BEGIN
  PERFORM FROM tenants t WHERE t.id = tenant AND t.state = 'deleted' AND t.purge_after <= now() FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  SELECT array_agg(c.relname::text ORDER BY c.relname) INTO left_over
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relname <> 'tenant_places';
  -- Some tables refer to others: whose turn it is not yet comes again.
  LOOP
    again := '{}';
    FOREACH name IN ARRAY left_over LOOP
      BEGIN
        EXECUTE format('DELETE FROM public.%I WHERE tenant_id = $1', name) USING tenant;
      EXCEPTION WHEN foreign_key_violation THEN
        again := again || name;
      END;
    END LOOP;
    EXIT WHEN cardinality(again) = 0;
    IF cardinality(again) = cardinality(left_over) THEN
      RAISE EXCEPTION 'rows of a tenant cannot be removed from %', again;
    END IF;
    left_over := again;
  END LOOP;
  DELETE FROM tenant_places p WHERE p.tenant_id = tenant AND p.level = 'shared';
  DELETE FROM tenants t WHERE t.id = tenant;
  RETURN true;
END
$$;

REVOKE ALL ON FUNCTION all_tenants(), tenants_of_slugs(text[]), tenants_to_purge(integer), purge_tenant(uuid),
  find_tenants(text, text, text, uuid[], boolean, integer, integer), tenants_to_measure(interval, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION all_tenants(), tenants_of_slugs(text[]), tenants_to_purge(integer), purge_tenant(uuid),
  find_tenants(text, text, text, uuid[], boolean, integer, integer), tenants_to_measure(interval, integer) TO signalbox_app;
