-- A key for each person, sealed under the installation's; what events hold of somebody can be read with it alone. It goes with the person.
CREATE TABLE person_keys (
  person_id  uuid PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  wrapped    bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, DELETE ON person_keys TO signalbox_app;

-- The erasure of a person: where it stands, then its receipt. `person_id` goes when it is over; `salt` and `hash` say later, of
-- an id that a backup brought back, that its person was erased.
CREATE TABLE erasures (
  id           uuid PRIMARY KEY,
  person_id    uuid UNIQUE,
  salt         bytea NOT NULL,
  hash         bytea NOT NULL,
  requested_by text NOT NULL,
  request_id   text NOT NULL,
  requested_at timestamptz(3) NOT NULL,
  step         text NOT NULL DEFAULT 'access' CHECK (step IN ('access', 'tenants', 'person', 'receipt', 'done')),
  -- The last tenant that was gone through.
  visited      uuid,
  counts       jsonb NOT NULL DEFAULT '{}',
  lease_until  timestamptz(3),
  error        text,
  receipt      jsonb,
  finished_at  timestamptz(3),
  CHECK ((step = 'done') = (person_id IS NULL)),
  CHECK ((step = 'done') = (receipt IS NOT NULL))
);
CREATE INDEX erasures_requested ON erasures (requested_at DESC);
GRANT SELECT, INSERT, UPDATE ON erasures TO signalbox_app;

GRANT DELETE ON people, auth_sessions, sign_in_links TO signalbox_app;

-- Where nobody else could manage members when this person is gone. Whoever never signed in cannot manage anything.
CREATE FUNCTION tenants_of_last_admin(person uuid)
RETURNS TABLE (slug text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.slug, t.name FROM memberships m JOIN tenants t ON t.id = m.tenant_id
  WHERE m.person_id = person AND m.role = 'admin' AND t.state <> 'deleted' AND NOT EXISTS (
    SELECT FROM memberships o JOIN people p ON p.id = o.person_id
    WHERE o.tenant_id = t.id AND o.role = 'admin' AND o.person_id <> person AND p.first_signed_in_at IS NOT NULL)
  ORDER BY t.name, t.id
$$;
REVOKE ALL ON FUNCTION tenants_of_last_admin(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_of_last_admin(uuid) TO signalbox_app;
