-- What programs sign in with. Directory: it stays in the main database whatever a tenant's isolation level.
CREATE TABLE api_tokens (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  -- Whose token it is; NULL: of the tenant itself (a service account), which then has a role of its own.
  person_id  uuid REFERENCES people (id) ON DELETE CASCADE,
  role       text,
  name       text NOT NULL,
  -- Of the secret's 256 random bits, so a plain hash is enough.
  hash       bytea NOT NULL UNIQUE,
  scopes     text[] NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3),
  last_used_at   timestamptz(3),
  last_used_from text NOT NULL DEFAULT '',
  CHECK ((person_id IS NULL) = (role IS NOT NULL)),
  CHECK (expires_at <= created_at + interval '366 days')
);
CREATE INDEX api_tokens_tenant ON api_tokens (tenant_id);
CREATE INDEX api_tokens_person ON api_tokens (person_id);

-- Absent: a year.
CREATE TABLE api_token_policies (
  tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  max_days  integer NOT NULL CHECK (max_days BETWEEN 1 AND 365)
);

-- One exchange of an API token, and all refresh tokens that followed each other from it.
CREATE TABLE refresh_families (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  token_id   uuid NOT NULL REFERENCES api_tokens (id) ON DELETE CASCADE,
  scopes     text[] NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3)
);
CREATE INDEX refresh_families_token ON refresh_families (token_id);

CREATE TABLE refresh_tokens (
  hash       bytea PRIMARY KEY,
  tenant_id  uuid NOT NULL,
  family_id  uuid NOT NULL REFERENCES refresh_families (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at    timestamptz(3),
  -- Hash of who used it (address and program), to tell two requests of one client from a thief's.
  used_by    bytea
);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['api_tokens', 'api_token_policies', 'refresh_families', 'refresh_tokens'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;

-- Who asks is known by the token alone, so these look across tenants. Each runs as the owner and gives no more than its columns.

-- A token that is not over: its tenant's longest lifetime counts also for tokens that are older than that rule, and a
-- person's token is nothing without the membership, whose role is asked for now.
CREATE FUNCTION live_api_tokens(wanted uuid)
RETURNS TABLE (id uuid, tenant_id uuid, slug text, tenant_name text, person_id uuid, role text, scopes text[],
               expires_at timestamptz, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT k.id, k.tenant_id, t.slug, t.name, k.person_id, coalesce(m.role, k.role), k.scopes,
         least(k.expires_at, k.created_at + make_interval(days => p.max_days)), k.last_used_at
  FROM api_tokens k
  JOIN tenants t ON t.id = k.tenant_id
  LEFT JOIN memberships m ON m.tenant_id = k.tenant_id AND m.person_id = k.person_id
  LEFT JOIN api_token_policies p ON p.tenant_id = k.tenant_id
  WHERE k.id = wanted AND k.revoked_at IS NULL
    AND least(k.expires_at, k.created_at + make_interval(days => p.max_days)) > now()
    AND (k.person_id IS NULL OR m.role IS NOT NULL)
$$;

CREATE FUNCTION api_token_of_hash(wanted bytea)
RETURNS TABLE (id uuid, tenant_id uuid, slug text, tenant_name text, person_id uuid, role text, scopes text[],
               expires_at timestamptz, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT live.* FROM api_tokens k CROSS JOIN LATERAL live_api_tokens(k.id) live WHERE k.hash = wanted
$$;

-- The same behind an access token: dead as soon as its family is.
CREATE FUNCTION api_token_of_family(family uuid)
RETURNS TABLE (id uuid, tenant_id uuid, slug text, tenant_name text, person_id uuid, role text, scopes text[],
               expires_at timestamptz, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT live.* FROM refresh_families f CROSS JOIN LATERAL live_api_tokens(f.token_id) live
  WHERE f.id = family AND f.revoked_at IS NULL AND f.expires_at > now()
$$;

CREATE FUNCTION touch_api_token(wanted uuid, used_from text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE api_tokens SET last_used_at = now(), last_used_from = used_from
  WHERE api_tokens.id = wanted AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
$$;

-- For a person's own page, in whatever tenant.
CREATE FUNCTION api_tokens_of(person uuid)
RETURNS TABLE (id uuid, slug text, tenant_name text, name text, scopes text[], created_at timestamptz,
               expires_at timestamptz, last_used_at timestamptz, last_used_from text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT live.id, live.slug, live.tenant_name, k.name, k.scopes, k.created_at, live.expires_at, k.last_used_at, k.last_used_from
  FROM api_tokens k CROSS JOIN LATERAL live_api_tokens(k.id) live
  WHERE k.person_id = person
  ORDER BY k.created_at DESC, k.id
$$;

-- Uses a refresh token up and puts its successor there, in one statement: of many at once, one is the first.
-- `racing`: it was used a moment ago by the same client. `replayed`: by another one, or long ago.
CREATE FUNCTION rotate_refresh_token(given bytea, successor bytea, client bytea, grace interval, lifetime interval)
RETURNS TABLE (outcome text, family_id uuid, tenant_id uuid, token_id uuid, person_id uuid, scopes text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  known refresh_tokens%ROWTYPE;
  family refresh_families%ROWTYPE;
  at timestamptz;
BEGIN
  SELECT * INTO known FROM refresh_tokens r WHERE r.hash = given FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO family FROM refresh_families f WHERE f.id = known.family_id;
  -- Not now(): the lock may have been waited for.
  at := clock_timestamp();
  IF family.revoked_at IS NOT NULL OR family.expires_at <= at
     OR NOT EXISTS (SELECT FROM live_api_tokens(family.token_id)) THEN
    outcome := 'over';
  ELSIF known.used_at IS NOT NULL THEN
    outcome := CASE WHEN known.used_by = client AND known.used_at > at - grace THEN 'racing' ELSE 'replayed' END;
  ELSIF known.expires_at <= at THEN
    outcome := 'over';
  ELSE
    outcome := 'rotated';
    UPDATE refresh_tokens SET used_at = at, used_by = client WHERE hash = given;
    INSERT INTO refresh_tokens (hash, tenant_id, family_id, created_at, expires_at)
    VALUES (successor, known.tenant_id, known.family_id, at, least(at + lifetime, family.expires_at));
  END IF;
  family_id := family.id;
  tenant_id := family.tenant_id;
  token_id := family.token_id;
  SELECT k.person_id INTO person_id FROM api_tokens k WHERE k.id = family.token_id;
  scopes := family.scopes;
  RETURN NEXT;
END
$$;

REVOKE ALL ON FUNCTION live_api_tokens(uuid), api_token_of_hash(bytea), api_token_of_family(uuid), touch_api_token(uuid, text),
  api_tokens_of(uuid), rotate_refresh_token(bytea, bytea, bytea, interval, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_token_of_hash(bytea), api_token_of_family(uuid), touch_api_token(uuid, text),
  api_tokens_of(uuid), rotate_refresh_token(bytea, bytea, bytea, interval, interval) TO signalbox_app;
