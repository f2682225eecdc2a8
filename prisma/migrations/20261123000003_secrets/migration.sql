-- The key file that the installation was set up with; another one is refused while secrets are sealed under it.
CREATE TABLE key_fingerprints (
  id          integer PRIMARY KEY CHECK (id = 1),
  fingerprint text NOT NULL,
  created_at  timestamptz(3) NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON key_fingerprints TO signalbox_app;

-- One data key per tenant, wrapped by the key file.
CREATE TABLE data_keys (
  tenant_id  uuid PRIMARY KEY,
  wrapped    bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
ALTER TABLE data_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON data_keys USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT ON data_keys TO signalbox_app;

CREATE TABLE secret_versions (
  tenant_id  uuid    NOT NULL,
  secret_id  uuid    NOT NULL,
  version    integer NOT NULL CHECK (version > 0),
  sealed     bytea   NOT NULL,
  facts      jsonb   NOT NULL,
  set_by     text    NOT NULL,
  set_at     timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, secret_id, version)
);
ALTER TABLE secret_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE secret_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON secret_versions USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT ON secret_versions TO signalbox_app;
