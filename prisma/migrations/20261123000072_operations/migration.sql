-- The content of old revisions is given up beyond what a tier keeps. Number, digest, who and when stay; so does the log.
ALTER TABLE revisions ALTER COLUMN document DROP NOT NULL;
ALTER TABLE revisions ADD COLUMN pruned_at timestamptz(3);
ALTER TABLE revisions ADD CONSTRAINT revisions_pruned CHECK ((document IS NULL) = (pruned_at IS NOT NULL));
GRANT UPDATE (document, pruned_at) ON revisions TO signalbox_app;

-- The operators' page of health: what is being published, and what failed lately, without any content.
CREATE FUNCTION publications_under_way()
RETURNS TABLE (tenant_id uuid, requested_at timestamptz, lease_owner text, lease_until timestamptz, attempts integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.tenant_id, p.requested_at, p.lease_owner, p.lease_until, p.attempts
  FROM publications p WHERE p.status IN ('requested', 'running') ORDER BY p.requested_at LIMIT 200
$$;

CREATE INDEX publications_failed ON publications (finished_at DESC) WHERE status IN ('failed', 'restored');
CREATE FUNCTION publications_failed_lately(most integer)
RETURNS TABLE (tenant_id uuid, revision integer, status text, message text, finished_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.tenant_id, p.revision, p.status, coalesce(p.error ->> 'message', ''), p.finished_at
  FROM publications p
  WHERE p.status IN ('failed', 'restored') AND p.finished_at > now() - interval '7 days'
  ORDER BY p.finished_at DESC LIMIT most
$$;

CREATE FUNCTION count_tenants()
RETURNS TABLE (state text, count bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.state, count(*) FROM tenants t GROUP BY t.state
$$;

REVOKE ALL ON FUNCTION publications_under_way(), publications_failed_lately(integer), count_tenants() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION publications_under_way(), publications_failed_lately(integer), count_tenants() TO signalbox_app;
