-- What shall stay true of alerts, whoever edits the routes. Of the tenant, not of a change.
CREATE TABLE expectations (
  id         uuid    PRIMARY KEY,
  tenant_id  uuid    NOT NULL,
  version    integer NOT NULL CHECK (version > 0),
  name       text    NOT NULL,
  -- json, not jsonb: labels stay in the order in which they were written.
  body       json    NOT NULL,
  saved_by   text    NOT NULL,
  saved_at   timestamptz(3) NOT NULL,
  UNIQUE (tenant_id, name)
);

ALTER TABLE expectations ENABLE ROW LEVEL SECURITY;
ALTER TABLE expectations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON expectations USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON expectations TO signalbox_app;
