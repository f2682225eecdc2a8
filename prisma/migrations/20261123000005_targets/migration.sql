CREATE TABLE targets (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('file', 'alertmanager')),
  -- Rights for others are never given: a configuration holds secrets.
  mode integer NOT NULL CHECK (mode & 7 = 0),
  group_id integer CHECK (group_id >= 0),
  declared_version text,
  observed_version text,
  observed_at timestamptz(3),
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, name)
);

CREATE TABLE target_places (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  target_id uuid NOT NULL REFERENCES targets (id) ON DELETE CASCADE,
  -- One owner per file in the whole installation; uniqueness is checked across tenants although rows are not seen.
  path text NOT NULL UNIQUE,
  published_digest text,
  published_revision integer,
  published_at timestamptz(3)
);
CREATE INDEX target_places_target ON target_places (target_id);

CREATE TABLE target_replicas (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  target_id uuid NOT NULL REFERENCES targets (id) ON DELETE CASCADE,
  place_id uuid NOT NULL REFERENCES target_places (id) ON DELETE CASCADE,
  position integer NOT NULL,
  name text NOT NULL,
  url text NOT NULL,
  route_prefix text NOT NULL,
  auth jsonb NOT NULL,
  tls jsonb,
  UNIQUE (target_id, position)
);
CREATE INDEX target_replicas_place ON target_replicas (place_id);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['targets', 'target_places', 'target_replicas'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;

-- What operators of the installation see of all tenants' targets. Never a credential, sealed or not.
CREATE FUNCTION list_all_targets()
RETURNS TABLE (
  target_id uuid, target_tenant_id uuid, target_name text, target_kind text, target_created_at timestamptz, target_places jsonb
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.tenant_id, t.name, t.kind, t.created_at, (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'replica', coalesce(r.name, t.name), 'path', p.path, 'url', r.url, 'auth', coalesce(r.auth ->> 'type', 'none')
    ) ORDER BY r.position, p.path), '[]')
    FROM target_places p LEFT JOIN target_replicas r ON r.place_id = p.id
    WHERE p.target_id = t.id
  )
  FROM targets t
  ORDER BY t.created_at, t.id
$$;
REVOKE ALL ON FUNCTION list_all_targets() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_all_targets() TO signalbox_app;
