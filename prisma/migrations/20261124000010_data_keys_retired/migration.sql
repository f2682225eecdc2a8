-- A data key that was replaced is emptied: what it sealed is sealed again under the newest one. Then it is destroyed; its row
-- stays, with nothing in it, so that versions never return.
ALTER TABLE data_keys
  -- Since when nothing was found that it seals.
  ADD COLUMN unused_since timestamptz(3),
  ADD COLUMN destroyed_at timestamptz(3),
  ADD CONSTRAINT data_keys_destroyed CHECK (destroyed_at IS NULL OR octet_length(wrapped) = 1);
GRANT UPDATE (unused_since, destroyed_at) ON data_keys TO signalbox_app;

-- Which data key sealed it, by its header; 0: none is named, as before there were versions.
CREATE FUNCTION sealed_under(sealed bytea) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN octet_length(sealed) >= 34 AND get_byte(sealed, 0) = 229
    THEN get_byte(sealed, 2)::bigint * 16777216 + get_byte(sealed, 3) * 65536 + get_byte(sealed, 4) * 256 + get_byte(sealed, 5)
    ELSE 0 END
$$;

-- Of the tenant that the transaction is for, in its own place: the name of the table is looked up by the caller's path.
CREATE FUNCTION newest_data_key() RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT max(version) FROM data_keys WHERE tenant_id = current_tenant()
$$;

-- Versions of secrets are never overwritten but by the same under a newer key, and then nothing else of them changes.
GRANT UPDATE (sealed) ON secret_versions TO signalbox_app;
CREATE POLICY sealed_again ON secret_versions AS RESTRICTIVE FOR UPDATE
  USING (sealed_under(sealed) <> newest_data_key()) WITH CHECK (sealed_under(sealed) = newest_data_key());
GRANT UPDATE (private_key) ON checkpoint_keys TO signalbox_app;
CREATE POLICY sealed_again ON checkpoint_keys AS RESTRICTIVE FOR UPDATE
  USING (sealed_under(private_key) <> newest_data_key()) WITH CHECK (sealed_under(private_key) = newest_data_key());
GRANT UPDATE (wrapped) ON person_keys TO signalbox_app;

-- Who seals holds the data key's row (FOR KEY SHARE) until the commit, so that nobody destroys it meanwhile; who rewraps or
-- announces it need not wait for that.
CREATE OR REPLACE FUNCTION data_keys_to_rewrap(newest integer, after_tenant uuid, after_version integer, most integer)
RETURNS TABLE (tenant_id uuid, version integer, kek_version integer, wrapped bytea)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.tenant_id, d.version, d.kek_version, d.wrapped FROM data_keys d
  WHERE d.kek_version < newest AND (d.tenant_id, d.version) > (after_tenant, after_version) AND d.destroyed_at IS NULL
    AND NOT EXISTS (SELECT FROM tenant_moves m WHERE m.tenant_id = d.tenant_id AND m.state IN ('requested', 'copying'))
  ORDER BY d.tenant_id, d.version LIMIT most FOR NO KEY UPDATE OF d SKIP LOCKED
$$;

CREATE OR REPLACE FUNCTION store_rewrapped_keys(tenants uuid[], versions integer[], wrapped_keys text[], newest integer)
RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH stored AS (
    UPDATE data_keys d SET wrapped = decode(w.wrapped, 'base64'), kek_version = newest
    FROM unnest(tenants, versions, wrapped_keys) AS w (tenant_id, version, wrapped)
    WHERE d.tenant_id = w.tenant_id AND d.version = w.version AND d.kek_version < newest AND d.destroyed_at IS NULL
    RETURNING 1)
  SELECT count(*) FROM stored
$$;

CREATE OR REPLACE FUNCTION some_data_keys(most integer)
RETURNS TABLE (tenant_id uuid, wrapped bytea, version integer, kek_version integer)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.tenant_id, d.wrapped, d.version, d.kek_version FROM data_keys d WHERE d.destroyed_at IS NULL ORDER BY random() LIMIT most
$$;

CREATE OR REPLACE FUNCTION count_data_keys()
RETURNS TABLE (kek_version integer, data_keys bigint, uses bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.kek_version, count(*), max(d.uses) FROM data_keys d WHERE d.destroyed_at IS NULL GROUP BY d.kek_version
$$;

-- Data keys that were replaced, of all in the shared tables.
CREATE FUNCTION replaced_data_keys()
RETURNS TABLE (tenant_id uuid, sealing integer, unused integer, destroyed integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.tenant_id, count(*) FILTER (WHERE d.destroyed_at IS NULL AND d.unused_since IS NULL)::integer,
    count(*) FILTER (WHERE d.destroyed_at IS NULL AND d.unused_since IS NOT NULL)::integer,
    count(*) FILTER (WHERE d.destroyed_at IS NOT NULL)::integer
  FROM data_keys d WHERE EXISTS (SELECT FROM data_keys n WHERE n.tenant_id = d.tenant_id AND n.version > d.version)
  GROUP BY d.tenant_id
$$;

-- What tenants keep in the directory under the installation's own key, for the installation alone.
CREATE FUNCTION sealed_in_directory(newest integer, most integer, but text[])
RETURNS TABLE (place text, bound text, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.* FROM (
    SELECT 'sign_in_secrets', 'sign-in service|' || tenant_id AS bound, sealed FROM sign_in_secrets
    UNION ALL SELECT 'sign_in_tests', 'sign-in test|' || id, sealed FROM sign_in_tests) AS s (place, bound, sealed)
  WHERE s.sealed IS NOT NULL AND sealed_under(s.sealed) <> newest AND NOT s.bound = ANY (but)
    AND current_tenant() = '00000000-0000-0000-0000-000000000000' LIMIT most
$$;

CREATE FUNCTION store_sealed_in_directory(bounds text[], befores text[], afters text[])
RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH n AS (
    SELECT bound, decode(before, 'base64') AS before, decode(after, 'base64') AS after
    FROM unnest(bounds, befores, afters) AS n (bound, before, after)
    WHERE current_tenant() = '00000000-0000-0000-0000-000000000000'),
  secrets AS (
    UPDATE sign_in_secrets s SET sealed = n.after FROM n
    WHERE 'sign-in service|' || s.tenant_id = n.bound AND s.sealed = n.before RETURNING 1),
  tests AS (
    UPDATE sign_in_tests t SET sealed = n.after FROM n
    WHERE 'sign-in test|' || t.id = n.bound AND t.sealed = n.before RETURNING 1)
  SELECT (SELECT count(*) FROM secrets) + (SELECT count(*) FROM tests)
$$;

REVOKE ALL ON FUNCTION replaced_data_keys(), sealed_in_directory(integer, integer, text[]),
  store_sealed_in_directory(text[], text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION replaced_data_keys(), sealed_in_directory(integer, integer, text[]),
  store_sealed_in_directory(text[], text[], text[]) TO signalbox_app;
