-- What a tenant may have: rows that operators edit. The shape of `quotas` is checked by the app; null is no limit.
CREATE TABLE tiers (
  name      text PRIMARY KEY CHECK (name IN ('free', 'starter', 'professional', 'enterprise', 'dedicated')),
  quotas    jsonb NOT NULL,
  features  text[] NOT NULL,
  isolation text NOT NULL CHECK (isolation IN ('shared', 'schema', 'database', 'dedicated-cluster')),
  version   integer NOT NULL DEFAULT 1
);
GRANT SELECT, UPDATE ON tiers TO signalbox_app;

INSERT INTO tiers (name, isolation, features, quotas) VALUES
  ('free', 'shared', '{}',
   '{"members": 5, "receivers": 20, "integrations": 30, "routes": 50, "templates": 5, "templateBytes": 65536,
     "openChanges": 5, "revisions": 20, "historyDays": 7, "tapRate": 300, "apiRate": 300, "testSends": 6}'),
  ('starter', 'shared', '{taps,tokens}',
   '{"members": 25, "receivers": 200, "integrations": 400, "routes": 500, "templates": 20, "templateBytes": 262144,
     "openChanges": 20, "revisions": 100, "historyDays": 30, "tapRate": 6000, "apiRate": 1200, "testSends": 15}'),
  ('professional', 'shared', '{taps,tokens,singleSignOn,provisioning,scheduling}',
   '{"members": 500, "receivers": 5000, "integrations": 10000, "routes": 20000, "templates": 200, "templateBytes": 4194304,
     "openChanges": 200, "revisions": 1000, "historyDays": 400, "tapRate": 300000, "apiRate": 12000, "testSends": 60}'),
  ('enterprise', 'schema', '{taps,tokens,singleSignOn,provisioning,scheduling}',
   '{"members": 5000, "receivers": 20000, "integrations": 40000, "routes": 50000, "templates": 1000, "templateBytes": 16777216,
     "openChanges": 1000, "revisions": 5000, "historyDays": 400, "tapRate": 1000000, "apiRate": 60000, "testSends": 120}'),
  ('dedicated', 'dedicated-cluster', '{taps,tokens,singleSignOn,provisioning,scheduling}',
   '{"members": null, "receivers": null, "integrations": null, "routes": null, "templates": null, "templateBytes": null,
     "openChanges": null, "revisions": null, "historyDays": null, "tapRate": null, "apiRate": null, "testSends": 300}');

ALTER TABLE tenants
  ADD COLUMN tier text NOT NULL DEFAULT 'professional' REFERENCES tiers (name),
  ADD COLUMN overrides jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'deleted')),
  -- Why it is suspended, in the operator's words.
  ADD COLUMN reason text NOT NULL DEFAULT '',
  ADD COLUMN deleted_at timestamptz(3),
  -- After it nobody can bring the tenant back.
  ADD COLUMN purge_after timestamptz(3),
  ADD CHECK ((state = 'deleted') = (deleted_at IS NOT NULL)),
  ADD CHECK ((state = 'deleted') = (purge_after IS NOT NULL));
CREATE INDEX tenants_name ON tenants (name, id);
CREATE INDEX tenants_purge ON tenants (purge_after) WHERE purge_after IS NOT NULL;

-- What holds for a tenant; asked, and remembered for a moment, before it is written to.
CREATE FUNCTION plan_of(tenant uuid)
RETURNS TABLE (tier text, quotas jsonb, features text[], isolation text, version integer,
               overrides jsonb, state text, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT r.name, r.quotas, r.features, r.isolation, r.version, t.overrides, t.state, t.reason
  FROM tenants t JOIN tiers r ON r.name = t.tier
  WHERE t.id = tenant
$$;

-- As before, without tenants that are deleted.
CREATE OR REPLACE FUNCTION memberships_of(person uuid)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text, source text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug, t.name, m.role, m.source
  FROM memberships m JOIN tenants t ON t.id = m.tenant_id
  WHERE m.person_id = person AND t.state <> 'deleted'
  ORDER BY t.name, t.id
$$;

REVOKE ALL ON FUNCTION plan_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plan_of(uuid) TO signalbox_app;
