-- One log per tenant. The head row serialises appends, so positions have no gap and each record hashes its predecessor.
CREATE TABLE event_heads (
  tenant_id uuid PRIMARY KEY,
  position  bigint NOT NULL DEFAULT 0,
  hash      bytea  NOT NULL
);

CREATE TABLE events (
  tenant_id      uuid        NOT NULL,
  position       bigint      NOT NULL CHECK (position > 0),
  stream_type    text        NOT NULL,
  stream_id      text        NOT NULL,
  stream_version integer     NOT NULL CHECK (stream_version > 0),
  type           text        NOT NULL,
  data           jsonb       NOT NULL,
  actor          text        NOT NULL,
  request_id     text        NOT NULL,
  at             timestamptz(3) NOT NULL,
  bytes          bytea       NOT NULL,
  previous_hash  bytea       NOT NULL,
  leaf_hash      bytea       NOT NULL,
  PRIMARY KEY (tenant_id, position),
  UNIQUE (tenant_id, stream_type, stream_id, stream_version)
);

ALTER TABLE event_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON event_heads USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON events USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

GRANT SELECT, INSERT, UPDATE ON event_heads TO signalbox_app;
GRANT SELECT, INSERT ON events TO signalbox_app;
