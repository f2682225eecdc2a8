-- A tenant's own sign-in service (OpenID Connect). Part of the directory: read before anybody is known to belong to the tenant.
CREATE TABLE sign_in_providers (
  tenant_id  uuid PRIMARY KEY REFERENCES tenants (id),
  id         uuid NOT NULL UNIQUE,
  name       text NOT NULL,
  issuer     text NOT NULL,
  client_id  text NOT NULL,
  scopes     text NOT NULL,
  role_map   jsonb NOT NULL,
  enabled    boolean NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
ALTER TABLE sign_in_providers ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_providers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sign_in_providers USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_providers TO signalbox_app;

-- `digest` is a keyed hash of all settings and the secret: a test of the same settings has the same.
CREATE TABLE sign_in_secrets (
  tenant_id uuid PRIMARY KEY REFERENCES tenants (id),
  sealed    bytea,
  digest    text NOT NULL
);
ALTER TABLE sign_in_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sign_in_secrets USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_secrets TO signalbox_app;

CREATE TABLE sign_in_domains (
  tenant_id   uuid NOT NULL REFERENCES tenants (id),
  domain      text NOT NULL CHECK (domain = lower(domain)),
  token       text NOT NULL,
  verified_by text CHECK (verified_by IN ('dns', 'operator')),
  verified_at timestamptz(3),
  created_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, domain),
  CHECK ((verified_by IS NULL) = (verified_at IS NULL))
);
-- Anybody may claim a domain; it is one tenant's only when that was proven.
CREATE UNIQUE INDEX sign_in_domains_verified ON sign_in_domains (domain) WHERE verified_at IS NOT NULL;
ALTER TABLE sign_in_domains ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_domains FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sign_in_domains USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_domains TO signalbox_app;

CREATE TABLE sign_in_policies (
  tenant_id   uuid PRIMARY KEY REFERENCES tenants (id),
  enforced    boolean NOT NULL,
  break_glass uuid[] NOT NULL
);
ALTER TABLE sign_in_policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_policies FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sign_in_policies USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_policies TO signalbox_app;

-- Who a subject of a tenant's service is here. The subject holds its issuer: another service behind the same settings is another one.
CREATE TABLE sign_in_identities (
  tenant_id  uuid NOT NULL REFERENCES tenants (id),
  subject    text NOT NULL,
  person_id  uuid NOT NULL REFERENCES people (id),
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, subject)
);
CREATE INDEX sign_in_identities_person ON sign_in_identities (person_id);
ALTER TABLE sign_in_identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_identities FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sign_in_identities USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_identities TO signalbox_app;

-- A round trip with settings that need not be saved; `sealed` holds them, with what the answer is checked against.
CREATE TABLE sign_in_tests (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES tenants (id),
  session_id uuid NOT NULL,
  digest     text NOT NULL,
  sealed     bytea,
  created_at timestamptz(3) NOT NULL,
  used_at    timestamptz(3),
  passed     boolean NOT NULL DEFAULT false,
  outcome    jsonb
);
CREATE INDEX sign_in_tests_digest ON sign_in_tests (tenant_id, digest);
ALTER TABLE sign_in_tests ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_tests FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sign_in_tests USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_tests TO signalbox_app;

-- Whose word the session rests on: a tenant's service counts in that tenant only. NULL: the installation's own ways.
ALTER TABLE auth_sessions ADD COLUMN provider_id uuid;
CREATE INDEX auth_sessions_provider ON auth_sessions (provider_id) WHERE provider_id IS NOT NULL;

ALTER TABLE memberships DROP CONSTRAINT memberships_source_check;
ALTER TABLE memberships ADD CONSTRAINT memberships_source_check
  CHECK (source IN ('invitation', 'oidc', 'bootstrap', 'sso', 'scim'));

-- Signing in, before a tenant is known: the service that is in use behind an id, a proven domain or a tenant's name.
CREATE FUNCTION sign_in_provider_for(by_id uuid, by_domain text, by_slug text)
RETURNS TABLE (tenant_id uuid, slug text, provider_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug, p.id, p.name
  FROM sign_in_providers p JOIN tenants t ON t.id = p.tenant_id
  WHERE p.enabled AND (p.id = by_id OR t.slug = by_slug OR EXISTS (
    SELECT 1 FROM sign_in_domains d WHERE d.tenant_id = t.id AND d.domain = by_domain AND d.verified_at IS NOT NULL))
$$;

-- What the tenants of a person ask of a session.
CREATE FUNCTION sign_in_rules_of(person uuid)
RETURNS TABLE (tenant_id uuid, provider_id uuid, enforced boolean, break_glass boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.tenant_id, p.id, coalesce(r.enforced, false), coalesce(person = ANY (r.break_glass), false)
  FROM memberships m
  JOIN sign_in_providers p ON p.tenant_id = m.tenant_id AND p.enabled
  LEFT JOIN sign_in_policies r ON r.tenant_id = m.tenant_id
  WHERE m.person_id = person
$$;

-- Operators confirm domains of tenants that they know.
CREATE FUNCTION all_sign_in_domains()
RETURNS TABLE (tenant_id uuid, slug text, domain text, verified_by text, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug, d.domain, d.verified_by, d.created_at
  FROM sign_in_domains d JOIN tenants t ON t.id = d.tenant_id
  ORDER BY d.domain, d.created_at
$$;

REVOKE ALL ON FUNCTION sign_in_provider_for(uuid, text, text), sign_in_rules_of(uuid), all_sign_in_domains() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_in_provider_for(uuid, text, text), sign_in_rules_of(uuid), all_sign_in_domains() TO signalbox_app;
