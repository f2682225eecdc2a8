-- The keys that wrap tenants' data keys. Named here, kept by their provider; the newest one wraps what is new.
CREATE TABLE key_encryption_keys (
  version    integer PRIMARY KEY CHECK (version > 0),
  provider   text NOT NULL CHECK (provider IN ('file', 'pkcs11', 'aws-kms')),
  -- The fingerprint of a key file, the label of a token's key, the ARN of a service's.
  key_id     text NOT NULL,
  algorithm  text NOT NULL CHECK (algorithm IN ('aes-256-gcm', 'chacha20-poly1305')),
  uses       bigint NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by text NOT NULL DEFAULT 'system'
);
GRANT SELECT, INSERT, UPDATE (uses) ON key_encryption_keys TO signalbox_app;

CREATE TABLE keyring (
  id              integer PRIMARY KEY CHECK (id = 1),
  -- What is wrapped by an older key is refused.
  minimum_version integer NOT NULL DEFAULT 1
);
GRANT SELECT, UPDATE (minimum_version) ON keyring TO signalbox_app;
INSERT INTO keyring (id) VALUES (1);
-- `key_fingerprints` stays as it is, for the program before this one.
INSERT INTO key_encryption_keys (version, provider, key_id, algorithm, created_at)
SELECT 1, 'file', fingerprint, 'aes-256-gcm', created_at FROM key_fingerprints;

ALTER TABLE data_keys
  ADD COLUMN version     integer NOT NULL DEFAULT 1 CHECK (version > 0),
  ADD COLUMN kek_version integer NOT NULL DEFAULT 1 CHECK (kek_version > 0),
  ADD COLUMN algorithm   text NOT NULL DEFAULT 'aes-256-gcm' CHECK (algorithm IN ('aes-256-gcm', 'chacha20-poly1305')),
  ADD COLUMN uses        bigint NOT NULL DEFAULT 0,
  ADD COLUMN made_by     text NOT NULL DEFAULT 'system',
  -- Whether the installation's log tells of it.
  ADD COLUMN announced   boolean NOT NULL DEFAULT true;
ALTER TABLE data_keys DROP CONSTRAINT data_keys_pkey;
ALTER TABLE data_keys ADD PRIMARY KEY (tenant_id, version);
GRANT UPDATE (wrapped, kek_version, uses, announced) ON data_keys TO signalbox_app;

DROP FUNCTION some_data_keys(integer);
CREATE FUNCTION some_data_keys(most integer)
RETURNS TABLE (tenant_id uuid, wrapped bytea, version integer, kek_version integer)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.tenant_id, d.wrapped, d.version, d.kek_version FROM data_keys d ORDER BY random() LIMIT most
$$;

-- Wrapped by an older key than the newest one. Who is being moved is left out: that copy is compared to the byte.
CREATE FUNCTION data_keys_to_rewrap(newest integer, after_tenant uuid, after_version integer, most integer)
RETURNS TABLE (tenant_id uuid, version integer, kek_version integer, wrapped bytea)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.tenant_id, d.version, d.kek_version, d.wrapped FROM data_keys d
  WHERE d.kek_version < newest AND (d.tenant_id, d.version) > (after_tenant, after_version)
    AND NOT EXISTS (SELECT FROM tenant_moves m WHERE m.tenant_id = d.tenant_id AND m.state IN ('requested', 'copying'))
  ORDER BY d.tenant_id, d.version LIMIT most FOR UPDATE OF d SKIP LOCKED
$$;

CREATE FUNCTION store_rewrapped_keys(tenants uuid[], versions integer[], wrapped_keys text[], newest integer)
RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH stored AS (
    UPDATE data_keys d SET wrapped = decode(w.wrapped, 'base64'), kek_version = newest
    FROM unnest(tenants, versions, wrapped_keys) AS w (tenant_id, version, wrapped)
    WHERE d.tenant_id = w.tenant_id AND d.version = w.version AND d.kek_version < newest
    RETURNING 1)
  SELECT count(*) FROM stored
$$;

CREATE FUNCTION count_data_keys()
RETURNS TABLE (kek_version integer, data_keys bigint, uses bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.kek_version, count(*), max(d.uses) FROM data_keys d GROUP BY d.kek_version
$$;

-- The newest of each tenant, the most used first.
CREATE FUNCTION most_used_data_keys(at_least bigint, before timestamptz, most integer)
RETURNS TABLE (tenant_id uuid, version integer, kek_version integer, algorithm text, uses bigint, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.* FROM (
    SELECT DISTINCT ON (d.tenant_id) d.tenant_id, d.version, d.kek_version, d.algorithm, d.uses, d.created_at FROM data_keys d
    ORDER BY d.tenant_id, d.version DESC) n
  WHERE n.uses >= at_least OR n.created_at < before ORDER BY n.uses DESC, n.tenant_id LIMIT most
$$;

-- Returns whose were counted; the others are elsewhere, or being moved.
CREATE FUNCTION count_data_key_uses(tenants uuid[], versions integer[], counts bigint[])
RETURNS TABLE (tenant_id uuid, version integer)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE data_keys d SET uses = d.uses + c.uses
  FROM unnest(tenants, versions, counts) AS c (tenant_id, version, uses)
  WHERE d.tenant_id = c.tenant_id AND d.version = c.version
    AND NOT EXISTS (SELECT FROM tenant_moves m WHERE m.tenant_id = d.tenant_id AND m.state IN ('requested', 'copying'))
  RETURNING d.tenant_id, d.version
$$;

CREATE FUNCTION data_keys_to_announce(most integer)
RETURNS TABLE (tenant_id uuid, version integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT d.tenant_id, d.version FROM data_keys d WHERE NOT d.announced ORDER BY d.created_at LIMIT most
$$;
CREATE INDEX data_keys_to_announce ON data_keys (created_at) WHERE NOT announced;

CREATE FUNCTION tenants_with_data_keys()
RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT d.tenant_id FROM data_keys d ORDER BY 1
$$;

REVOKE ALL ON FUNCTION some_data_keys(integer), data_keys_to_rewrap(integer, uuid, integer, integer),
  store_rewrapped_keys(uuid[], integer[], text[], integer), count_data_keys(), most_used_data_keys(bigint, timestamptz, integer),
  count_data_key_uses(uuid[], integer[], bigint[]), data_keys_to_announce(integer), tenants_with_data_keys() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION some_data_keys(integer), data_keys_to_rewrap(integer, uuid, integer, integer),
  store_rewrapped_keys(uuid[], integer[], text[], integer), count_data_keys(), most_used_data_keys(bigint, timestamptz, integer),
  count_data_key_uses(uuid[], integer[], bigint[]), data_keys_to_announce(integer), tenants_with_data_keys() TO signalbox_app;
