-- The role that the app connects as, or that the login role of the app is a member of. Roles belong to the whole server,
-- so another database of it may have made it already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'signalbox_app') THEN
    CREATE ROLE signalbox_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO signalbox_app;

-- Which policies see. Set once per transaction by withTenant(); unset means no tenant, hence no row.
CREATE FUNCTION current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.tenant_id', true), '')::uuid $$;
