-- What people are told in the app. They belong to the directory: one row for each person who is told.
CREATE TABLE notices (
  id        uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind      text NOT NULL,
  data      jsonb NOT NULL,
  at        timestamptz(3) NOT NULL,
  read_at   timestamptz(3)
);
CREATE INDEX notices_person ON notices (tenant_id, person_id, at DESC);

-- Who wants no mails; without a row somebody wants them.
CREATE TABLE notice_preferences (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  mail      boolean NOT NULL,
  PRIMARY KEY (tenant_id, person_id)
);

-- What has to leave the house, written in the transaction that it tells of, until somebody took it.
CREATE TABLE notice_outbox (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL,
  channel     text NOT NULL CHECK (channel IN ('mail', 'webhook')),
  person_id   uuid,
  payload     jsonb NOT NULL,
  attempts    integer NOT NULL DEFAULT 0,
  next_at     timestamptz(3) NOT NULL,
  lease_owner text,
  error       text,
  given_up_at timestamptz(3)
);
CREATE INDEX notice_outbox_due ON notice_outbox (next_at) WHERE given_up_at IS NULL;
CREATE INDEX notice_outbox_tenant ON notice_outbox (tenant_id);

-- Where a tenant's notices go beside that. Data of the tenant, like its key.
CREATE TABLE notice_webhooks (
  tenant_id   uuid PRIMARY KEY,
  version     integer NOT NULL CHECK (version > 0),
  url         text NOT NULL,
  secret      bytea NOT NULL,
  last_at     timestamptz(3),
  last_status integer,
  last_error  text
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['notices', 'notice_preferences', 'notice_outbox', 'notice_webhooks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;

-- The worker takes what is due in every tenant, by a lease: `next_at` moves on, so that a worker that dies gives it back.
CREATE FUNCTION claim_notice(worker text, seconds integer)
RETURNS TABLE (notice_id uuid, notice_tenant_id uuid, notice_channel text, notice_person_id uuid, notice_payload jsonb, attempt integer)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE notice_outbox
  SET lease_owner = worker, next_at = now() + make_interval(secs => seconds), attempts = attempts + 1
  WHERE id = (
    SELECT id FROM notice_outbox
    WHERE given_up_at IS NULL AND next_at <= now()
    ORDER BY next_at
    FOR UPDATE SKIP LOCKED
    LIMIT 1
  )
  RETURNING id, tenant_id, channel, person_id, payload, attempts
$$;

-- Delivered: gone. Refused: again in so many seconds; without, never again.
CREATE FUNCTION end_notice(notice uuid, worker text, failure text, again integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF failure IS NULL THEN
    DELETE FROM notice_outbox WHERE id = notice AND lease_owner = worker;
  ELSE
    UPDATE notice_outbox
    SET error = failure, next_at = now() + make_interval(secs => coalesce(again, 0)),
        given_up_at = CASE WHEN again IS NULL THEN now() END
    WHERE id = notice AND lease_owner = worker;
  END IF;
END
$$;
REVOKE ALL ON FUNCTION claim_notice(text, integer), end_notice(uuid, text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_notice(text, integer), end_notice(uuid, text, text, integer) TO signalbox_app;
