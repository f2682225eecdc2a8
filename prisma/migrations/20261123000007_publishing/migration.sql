CREATE TABLE publications (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  change_id uuid,
  revision integer NOT NULL,
  comment text NOT NULL,
  overwrite_drift boolean NOT NULL,
  status text NOT NULL CHECK (status IN ('requested', 'running', 'verified', 'unverified', 'failed', 'restored')),
  error jsonb,
  requested_by text NOT NULL,
  requested_at timestamptz(3) NOT NULL DEFAULT now(),
  finished_at timestamptz(3),
  lease_owner text,
  lease_until timestamptz(3),
  attempts integer NOT NULL DEFAULT 0
);
CREATE INDEX publications_tenant ON publications (tenant_id, requested_at);
-- Two publications of one tenant would restore each other's bytes: the second waits for the first to end.
CREATE UNIQUE INDEX publications_one_open ON publications (tenant_id) WHERE status IN ('requested', 'running');

CREATE TABLE publication_steps (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
  key text NOT NULL,
  position integer NOT NULL,
  target_id uuid NOT NULL,
  target_name text NOT NULL,
  subject_id uuid NOT NULL,
  replica text,
  step text NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'running', 'done', 'unverified', 'failed', 'skipped')),
  detail text NOT NULL DEFAULT '',
  digest_before text,
  digest_after text,
  sealed_before bytea,
  at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (publication_id, key)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['publications', 'publication_steps'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;

-- The worker looks for work of every tenant; this function, run as the owner, is all that it may see of them.
CREATE FUNCTION claim_publication(worker text, seconds integer)
RETURNS TABLE (publication_id uuid, publication_tenant_id uuid, attempt integer)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE publications
  SET lease_owner = worker, lease_until = now() + make_interval(secs => seconds), attempts = attempts + 1
  WHERE id = (
    SELECT id FROM publications
    WHERE status IN ('requested', 'running') AND (lease_until IS NULL OR lease_until < now())
    ORDER BY requested_at
    FOR UPDATE SKIP LOCKED
    LIMIT 1
  )
  RETURNING id, tenant_id, attempts
$$;
REVOKE ALL ON FUNCTION claim_publication(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_publication(text, integer) TO signalbox_app;
