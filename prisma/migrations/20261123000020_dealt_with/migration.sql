-- A failure that somebody has seen is not shown on every page any more.
CREATE TABLE publication_acknowledgements (
  publication_id uuid PRIMARY KEY REFERENCES publications (id) ON DELETE CASCADE,
  tenant_id      uuid NOT NULL,
  by             text NOT NULL,
  at             timestamptz(3) NOT NULL
);

-- Nor is what lies at a place. `seen` is the digest of those bytes, or the state where none can be read: another edit by
-- hand is another difference.
CREATE TABLE drift_acknowledgements (
  place_id  uuid PRIMARY KEY REFERENCES target_places (id) ON DELETE CASCADE,
  tenant_id uuid NOT NULL,
  seen      text NOT NULL,
  by        text NOT NULL,
  at        timestamptz(3) NOT NULL
);

-- Files that a change was imported from, byte for byte: publishing it over exactly those bytes loses nothing.
CREATE TABLE change_origins (
  tenant_id uuid NOT NULL,
  change_id uuid NOT NULL,
  digest    text NOT NULL,
  PRIMARY KEY (tenant_id, change_id, digest)
);

-- Text that cannot be read as YAML, as it was typed. Nobody can say where its secrets are, so it is sealed as a whole.
CREATE TABLE unread_sources (
  tenant_id uuid  NOT NULL,
  change_id uuid  NOT NULL,
  author    text  NOT NULL,
  sealed    bytea NOT NULL,
  PRIMARY KEY (tenant_id, change_id, author)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['publication_acknowledgements', 'drift_acknowledgements', 'change_origins', 'unread_sources'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;
