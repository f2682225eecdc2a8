-- The tree over a log (RFC 6962) in tiles of 256 hashes (C2SP tlog-tiles). Only full ones are kept: they never change. `root` is the
-- hash over a tile, which is one hash of a tile of the level above.
CREATE TABLE log_tiles (
  tenant_id uuid     NOT NULL,
  level     smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  tile      bigint   NOT NULL CHECK (tile >= 0),
  hashes    bytea    NOT NULL CHECK (octet_length(hashes) = 8192),
  root      bytea    NOT NULL CHECK (octet_length(root) = 32),
  PRIMARY KEY (tenant_id, level, tile)
);

-- What was signed of a log, and never taken back.
CREATE TABLE checkpoints (
  tenant_id uuid           NOT NULL,
  size      bigint         NOT NULL CHECK (size > 0),
  root      bytea          NOT NULL CHECK (octet_length(root) = 32),
  note      text           NOT NULL,
  signed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, size)
);

-- Lines of witnesses under a checkpoint, by the name and id of their key.
CREATE TABLE checkpoint_cosignatures (
  tenant_id   uuid           NOT NULL,
  size        bigint         NOT NULL,
  key         text           NOT NULL,
  line        text           NOT NULL,
  received_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, size, key)
);

-- How far each witness has come with a log, and what it said when it refused.
CREATE TABLE witness_standings (
  tenant_id  uuid           NOT NULL,
  witness    text           NOT NULL,
  size       bigint         NOT NULL DEFAULT 0,
  asked_at   timestamptz(3) NOT NULL,
  problem    text,
  problem_at timestamptz(3),
  PRIMARY KEY (tenant_id, witness)
);

-- Private keys of the installation, sealed; rows of the installation's own log. The newest of a kind signs, all verify.
CREATE TABLE checkpoint_keys (
  tenant_id   uuid           NOT NULL,
  type        smallint       NOT NULL CHECK (type IN (1, 6)),
  made_at     timestamptz(3) NOT NULL,
  -- What origins begin with; the same for all keys of an installation.
  host        text           NOT NULL,
  public_key  bytea          NOT NULL,
  private_key bytea          NOT NULL,
  PRIMARY KEY (tenant_id, type, made_at)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['log_tiles', 'checkpoints', 'checkpoint_cosignatures', 'witness_standings', 'checkpoint_keys'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO signalbox_app', name);
  END LOOP;
END
$$;
GRANT UPDATE (size, asked_at, problem, problem_at) ON witness_standings TO signalbox_app;

-- Of an event that retention or erasure emptied the hash is left: `bytes` is null then, and `data` an empty object.
ALTER TABLE events ALTER COLUMN bytes DROP NOT NULL;

-- Which logs went on since their last checkpoint, the longest first. Who is elsewhere is visited one by one.
CREATE FUNCTION logs_to_sign(most integer) RETURNS TABLE (log_tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h.tenant_id FROM event_heads h
  WHERE h.position > coalesce((SELECT max(c.size) FROM checkpoints c WHERE c.tenant_id = h.tenant_id), 0)
  ORDER BY h.position DESC LIMIT most
$$;
REVOKE ALL ON FUNCTION logs_to_sign(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION logs_to_sign(integer) TO signalbox_app;
