-- In which language mails are written to people of whom nobody knows what they read. Absent: English.
CREATE TABLE mail_languages (
  tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  language text NOT NULL CHECK (language IN ('en', 'fr', 'de'))
);
ALTER TABLE mail_languages ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_languages FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON mail_languages USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_languages TO signalbox_app;
