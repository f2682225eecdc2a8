CREATE TABLE tenants (
  id         uuid PRIMARY KEY,
  slug       text NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(slug) BETWEEN 2 AND 40),
  name       text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenants USING (id = current_tenant()) WITH CHECK (id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON tenants TO signalbox_app;

-- People, their sessions and links belong to the installation: one person may be a member of several tenants.
CREATE TABLE people (
  id                 uuid PRIMARY KEY,
  email              text NOT NULL UNIQUE CHECK (email = lower(email)),
  name               text NOT NULL,
  is_operator        boolean NOT NULL DEFAULT false,
  password_hash      text,
  oidc_subject       text UNIQUE,
  first_signed_in_at timestamptz(3),
  created_at         timestamptz(3) NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE ON people TO signalbox_app;

CREATE TABLE memberships (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  person_id uuid NOT NULL REFERENCES people (id),
  role      text NOT NULL CHECK (role IN ('viewer', 'editor', 'approver', 'admin')),
  source    text NOT NULL CHECK (source IN ('invitation', 'oidc', 'bootstrap')),
  joined_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, person_id)
);
CREATE INDEX memberships_person ON memberships (person_id);
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON memberships USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON memberships TO signalbox_app;

-- The cookie names a row of this table and nothing else, so ending the row ends the session.
CREATE TABLE auth_sessions (
  id            uuid PRIMARY KEY,
  person_id     uuid NOT NULL REFERENCES people (id),
  method        text NOT NULL CHECK (method IN ('oidc', 'password', 'link')),
  user_agent    text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  last_seen_at  timestamptz(3) NOT NULL,
  expires_at    timestamptz(3) NOT NULL,
  revoked_at    timestamptz(3),
  refresh_token bytea,
  refresh_after timestamptz(3),
  rotations     integer NOT NULL DEFAULT 0
);
CREATE INDEX auth_sessions_person ON auth_sessions (person_id);
GRANT SELECT, INSERT, UPDATE ON auth_sessions TO signalbox_app;

CREATE TABLE sign_in_links (
  hash       bytea PRIMARY KEY,
  person_id  uuid NOT NULL REFERENCES people (id),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at    timestamptz(3)
);
CREATE INDEX sign_in_links_person ON sign_in_links (person_id);
GRANT SELECT, INSERT, UPDATE ON sign_in_links TO signalbox_app;

-- `key` is a hash: addresses that somebody tried are nobody's business.
CREATE TABLE sign_in_throttle (
  key        text PRIMARY KEY,
  failures   integer NOT NULL,
  blocked_until timestamptz(3) NOT NULL,
  last_at    timestamptz(3) NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_throttle TO signalbox_app;

-- All that looks across tenants from this room. Each runs as the owner and gives no more than its columns.

-- Sign-in and switching: where this person may go.
CREATE FUNCTION memberships_of(person uuid)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text, source text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug, t.name, m.role, m.source
  FROM memberships m JOIN tenants t ON t.id = m.tenant_id
  WHERE m.person_id = person
  ORDER BY t.name, t.id
$$;

-- The operators' page, claim mapping and background work. No tenant's content.
CREATE FUNCTION all_tenants()
RETURNS TABLE (id uuid, slug text, name text, created_at timestamptz, members bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug, t.name, t.created_at, (SELECT count(*) FROM memberships m WHERE m.tenant_id = t.id)
  FROM tenants t
  ORDER BY t.name, t.id
$$;

REVOKE ALL ON FUNCTION memberships_of(uuid), all_tenants() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION memberships_of(uuid), all_tenants() TO signalbox_app;
