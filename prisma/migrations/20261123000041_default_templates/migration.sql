-- Default templates of the Alertmanager that an operator runs, by its version. They are nobody's secret and no tenant's own:
-- every tenant's previews read them. That only operators write is the app's to see to, as with tenants and people.
CREATE TABLE default_templates (
  version      text PRIMARY KEY CHECK (version ~ '^[0-9]+\.[0-9]+$'),
  default_tmpl text NOT NULL CHECK (octet_length(default_tmpl) <= 262144),
  email_tmpl   text NOT NULL CHECK (octet_length(email_tmpl) <= 262144),
  -- SHA-256 of both, in hexadecimal digits.
  digest       text NOT NULL,
  uploaded_by  text NOT NULL,
  uploaded_at  timestamptz(3) NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON default_templates TO signalbox_app;
