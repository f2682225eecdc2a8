CREATE TABLE changes (
  id            uuid PRIMARY KEY,
  tenant_id     uuid    NOT NULL,
  number        integer NOT NULL CHECK (number > 0),
  title         text    NOT NULL,
  status        text    NOT NULL CHECK (status IN ('draft', 'frozen', 'published', 'abandoned')),
  version       integer NOT NULL CHECK (version > 0),
  base_revision integer,
  revision      integer,
  -- json, not jsonb: the order of keys shows in the YAML.
  config        json    NOT NULL,
  templates     json    NOT NULL,
  source        text,
  created_by    text    NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  updated_at    timestamptz(3) NOT NULL,
  UNIQUE (tenant_id, number)
);

CREATE TABLE revisions (
  tenant_id    uuid    NOT NULL,
  number       integer NOT NULL CHECK (number > 0),
  change_id    uuid    NOT NULL,
  title        text    NOT NULL,
  comment      text    NOT NULL,
  document     json    NOT NULL,
  sha256       text    NOT NULL,
  secret_refs  text[]  NOT NULL,
  created_by   text    NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  published_at timestamptz(3),
  PRIMARY KEY (tenant_id, number)
);
-- What is live is what was published last.
CREATE INDEX revisions_live ON revisions (tenant_id, published_at DESC) WHERE published_at IS NOT NULL;

ALTER TABLE changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE changes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON changes USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
ALTER TABLE revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE revisions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON revisions USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

GRANT SELECT, INSERT, UPDATE ON changes TO signalbox_app;
GRANT SELECT, INSERT, UPDATE (published_at) ON revisions TO signalbox_app;
