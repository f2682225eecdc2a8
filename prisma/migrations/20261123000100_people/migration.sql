-- What a member may change (null: all that the role includes), when they last asked for anything (to the hour), and who
-- last said that this is as it should be.
ALTER TABLE memberships
  ADD COLUMN grants jsonb,
  ADD COLUMN last_used_at timestamptz(3),
  ADD COLUMN reviewed_at timestamptz(3),
  ADD COLUMN reviewed_by text;

-- What groups of a directory or of a sign-in service come to here.
CREATE TABLE group_roles (
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  name      text NOT NULL,
  role      text NOT NULL CHECK (role IN ('viewer', 'editor', 'approver', 'admin')),
  grants    jsonb,
  PRIMARY KEY (tenant_id, name)
);

-- What a tenant's own directory tells of its people (RFC 7643). `resource` holds the attributes as they were sent.
CREATE TABLE scim_users (
  tenant_id   uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id          uuid NOT NULL,
  person_id   uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  user_name   text NOT NULL,
  external_id text,
  active      boolean NOT NULL,
  resource    jsonb NOT NULL,
  version     integer NOT NULL,
  created_at  timestamptz(3) NOT NULL,
  updated_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX scim_users_name ON scim_users (tenant_id, lower(user_name));
CREATE UNIQUE INDEX scim_users_person ON scim_users (tenant_id, person_id);

CREATE TABLE scim_groups (
  tenant_id    uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id           uuid NOT NULL,
  display_name text NOT NULL,
  external_id  text,
  -- Ids of users.
  members      uuid[] NOT NULL,
  version      integer NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  updated_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX scim_groups_name ON scim_groups (tenant_id, lower(display_name));
CREATE INDEX scim_groups_members ON scim_groups USING gin (members);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['group_roles', 'scim_users', 'scim_groups'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;
