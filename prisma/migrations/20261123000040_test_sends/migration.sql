-- What one integration was told to send as a test, and what came of it. `requests` holds no secret: answers are clipped and
-- every opened value is taken out before they are written.
CREATE TABLE test_sends (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  test_id      uuid NOT NULL,
  change_id    uuid,
  receiver_id  text NOT NULL,
  receiver     text NOT NULL,
  integration  text NOT NULL,
  position     integer NOT NULL,
  "case"       text NOT NULL CHECK ("case" IN ('firing', 'resolved', 'both')),
  outcome      text NOT NULL,
  profile      text NOT NULL,
  duration_ms  integer NOT NULL,
  requests     json NOT NULL,
  note         text NOT NULL DEFAULT '',
  sent_by      text NOT NULL,
  sent_at      timestamptz(3) NOT NULL
);
CREATE INDEX test_sends_receiver ON test_sends (tenant_id, receiver_id, sent_at);

-- Whether the provider took a secret when it was asked last, by the secret's id and version. Never the value.
CREATE TABLE secret_checks (
  tenant_id  uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  secret_id  uuid NOT NULL,
  version    integer NOT NULL,
  outcome    text NOT NULL CHECK (outcome IN ('works', 'refused', 'unknown')),
  words      text NOT NULL,
  checked_by text NOT NULL,
  checked_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, secret_id, version)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['test_sends', 'secret_checks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;

-- An operator's word that synthetic alerts may be posted to the running Alertmanager.
ALTER TABLE targets ADD COLUMN allow_test_alerts boolean NOT NULL DEFAULT false;
