-- What a person proves who they are with, beside or instead of a password. Of the installation, like people and sessions.
CREATE TABLE second_factors (
  id            uuid PRIMARY KEY,
  person_id     uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  kind          text NOT NULL CHECK (kind IN ('totp', 'passkey')),
  name          text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  -- NULL: begun, and never proven; it opens nothing.
  confirmed_at  timestamptz(3),
  last_used_at  timestamptz(3),
  -- TOTP: the sealed secret, and the last time step whose code was taken.
  secret        bytea,
  last_step     bigint NOT NULL DEFAULT 0,
  -- Passkey: WebAuthn's credential id, public key and signature counter.
  credential_id text UNIQUE,
  public_key    bytea,
  counter       bigint NOT NULL DEFAULT 0,
  transports    text[] NOT NULL DEFAULT '{}',
  backed_up     boolean NOT NULL DEFAULT false,
  CHECK ((kind = 'totp') = (secret IS NOT NULL)),
  CHECK ((kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL))
);
CREATE INDEX second_factors_person ON second_factors (person_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors TO signalbox_app;

-- Of 80 random bits each, so a plain hash is enough.
CREATE TABLE recovery_codes (
  person_id  uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  hash       bytea NOT NULL,
  created_at timestamptz(3) NOT NULL,
  used_at    timestamptz(3),
  PRIMARY KEY (person_id, hash)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_codes TO signalbox_app;

-- Each is deleted when it is answered. `session_id` NULL: nobody is signed in yet.
CREATE TABLE webauthn_challenges (
  challenge  text PRIMARY KEY,
  purpose    text NOT NULL CHECK (purpose IN ('enrol', 'verify', 'sign-in')),
  session_id uuid,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX webauthn_challenges_expires ON webauthn_challenges (expires_at);
GRANT SELECT, INSERT, DELETE ON webauthn_challenges TO signalbox_app;

-- Follows second_factors, so that each request need not look there.
ALTER TABLE people ADD COLUMN has_second_factor boolean NOT NULL DEFAULT false;
ALTER TABLE people ADD COLUMN factors_reset_at timestamptz(3);

-- What was shown in this session, and when somebody last proved who they are.
ALTER TABLE auth_sessions ADD COLUMN factors text[] NOT NULL DEFAULT '{}';
ALTER TABLE auth_sessions ADD COLUMN stepped_up_at timestamptz(3);
UPDATE auth_sessions SET stepped_up_at = created_at;
ALTER TABLE auth_sessions ALTER COLUMN stepped_up_at SET DEFAULT now(), ALTER COLUMN stepped_up_at SET NOT NULL;

-- Which roles of a tenant need a second factor. Directory: read before anybody is in.
CREATE TABLE second_factor_policies (
  tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  roles     text[] NOT NULL
);
ALTER TABLE second_factor_policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE second_factor_policies FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON second_factor_policies
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factor_policies TO signalbox_app;

-- The tenants that demand a second factor of this person.
CREATE FUNCTION second_factor_demanded_of(person uuid) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.tenant_id
  FROM memberships m JOIN second_factor_policies p ON p.tenant_id = m.tenant_id
  WHERE m.person_id = person AND m.role = ANY (p.roles)
$$;
REVOKE ALL ON FUNCTION second_factor_demanded_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION second_factor_demanded_of(uuid) TO signalbox_app;

ALTER TABLE auth_sessions DROP CONSTRAINT auth_sessions_method_check;
ALTER TABLE auth_sessions ADD CONSTRAINT auth_sessions_method_check
  CHECK (method IN ('oidc', 'password', 'link', 'passkey'));
