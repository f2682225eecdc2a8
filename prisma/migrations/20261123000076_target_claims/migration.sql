-- Which tenant publishes to which file, and asks which host: in the directory, because what a tenant has elsewhere is not seen here.
CREATE TABLE target_claims (
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  kind      text NOT NULL CHECK (kind IN ('path', 'host')),
  value     text NOT NULL,
  PRIMARY KEY (tenant_id, kind, value)
);
CREATE INDEX target_claims_value ON target_claims (kind, value);
-- One owner per file in the whole installation.
CREATE UNIQUE INDEX target_claims_path ON target_claims (value) WHERE kind = 'path';
ALTER TABLE target_claims ENABLE ROW LEVEL SECURITY;
ALTER TABLE target_claims FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON target_claims USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, DELETE ON target_claims TO signalbox_app;

INSERT INTO target_claims SELECT DISTINCT tenant_id, 'path', path FROM target_places;
INSERT INTO target_claims
  SELECT DISTINCT tenant_id, 'host', lower(substring(url FROM '^[a-z+]+://([^/]+)')) FROM target_replicas
  WHERE url ~ '^[a-z+]+://[^/]+';

-- What of this another tenant has already: a file; or a host, where either of the two tenants shares none.
CREATE FUNCTION claimed_by_others(tenant uuid, exclusive boolean, paths text[], hosts text[])
RETURNS TABLE (claimed_kind text, claimed_value text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.kind, c.value FROM target_claims c
  WHERE c.tenant_id <> tenant
    AND ((c.kind = 'path' AND c.value = ANY (paths))
      OR (c.kind = 'host' AND c.value = ANY (hosts)
        AND (exclusive OR EXISTS (
          SELECT FROM tenant_places e WHERE e.tenant_id IN (c.tenant_id, tenant) AND e.level = 'dedicated-cluster'))))
  ORDER BY 1, 2
$$;

-- Claims all of it, or answers what stands in the way.
CREATE FUNCTION claim_targets(tenant uuid, paths text[], hosts text[])
RETURNS TABLE (claimed_kind text, claimed_value text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  -- With whoever moves a tenant to targets of its own, too.
  PERFORM pg_advisory_xact_lock(7204018);
  RETURN QUERY SELECT * FROM claimed_by_others(tenant, false, paths, hosts);
  IF FOUND THEN
    RETURN;
  END IF;
  INSERT INTO target_claims SELECT tenant, 'path', unnest(paths) UNION SELECT tenant, 'host', unnest(hosts) ON CONFLICT DO NOTHING;
END
$$;

-- The same for a tenant that shall share none of its targets, before it becomes one.
CREATE FUNCTION shared_targets_of(tenant uuid)
RETURNS TABLE (claimed_kind text, claimed_value text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT c.kind, c.value FROM target_claims o JOIN target_claims c ON c.kind = o.kind AND c.value = o.value
  WHERE o.tenant_id = tenant AND c.tenant_id <> tenant ORDER BY 1, 2
$$;

REVOKE ALL ON FUNCTION claimed_by_others(uuid, boolean, text[], text[]), claim_targets(uuid, text[], text[]), shared_targets_of(uuid)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_targets(uuid, text[], text[]), shared_targets_of(uuid) TO signalbox_app;
