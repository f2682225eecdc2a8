ALTER TABLE changes DROP CONSTRAINT changes_status_check;
ALTER TABLE changes ADD CONSTRAINT changes_status_check CHECK (
  status IN ('draft', 'in_review', 'approved', 'rejected', 'scheduled', 'frozen', 'published', 'abandoned')
);

-- Whether changes are reviewed, by whom and when nothing is published.
CREATE TABLE review_policies (
  tenant_id uuid    PRIMARY KEY,
  version   integer NOT NULL CHECK (version > 0),
  body      jsonb   NOT NULL
);

-- Where the review of a change stands: the fold of the change's own events.
CREATE TABLE change_reviews (
  change_id    uuid   PRIMARY KEY,
  tenant_id    uuid   NOT NULL,
  requested_by text,
  requested_at timestamptz(3),
  reviewers    text[] NOT NULL
);
CREATE INDEX change_reviews_tenant ON change_reviews (tenant_id);

CREATE TABLE review_verdicts (
  tenant_id uuid    NOT NULL,
  change_id uuid    NOT NULL,
  person    text    NOT NULL,
  verdict   text    NOT NULL CHECK (verdict IN ('approved', 'rejected')),
  content   text    NOT NULL,
  comment   text    NOT NULL,
  stale     boolean NOT NULL,
  at        timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, change_id, person)
);

CREATE TABLE review_comments (
  id          uuid  PRIMARY KEY,
  tenant_id   uuid  NOT NULL,
  change_id   uuid  NOT NULL,
  reply_to    uuid,
  place       jsonb NOT NULL,
  text        text  NOT NULL,
  content     text  NOT NULL,
  author      text  NOT NULL,
  at          timestamptz(3) NOT NULL,
  resolved_by text,
  resolved_at timestamptz(3)
);
CREATE INDEX review_comments_change ON review_comments (tenant_id, change_id, at);

CREATE TABLE change_schedules (
  change_id    uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL,
  publish_at   timestamptz(3) NOT NULL,
  zone         text NOT NULL,
  local        text NOT NULL,
  comment      text NOT NULL,
  scheduled_by text NOT NULL,
  status       text NOT NULL CHECK (status IN ('pending', 'started', 'suspended', 'failed')),
  reason       text,
  detail       text NOT NULL,
  lease_owner  text,
  lease_until  timestamptz(3)
);
CREATE INDEX change_schedules_tenant ON change_schedules (tenant_id);
CREATE INDEX change_schedules_due ON change_schedules (publish_at) WHERE status IN ('pending', 'started');

-- With which reason the rules of review were gone round.
ALTER TABLE publications ADD COLUMN bypass text;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['review_policies', 'change_reviews', 'review_verdicts', 'review_comments', 'change_schedules'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO signalbox_app', name);
  END LOOP;
END
$$;

-- The worker looks for what is due in every tenant; this function, run as the owner, is all that it may see of them. What was
-- started, and whose worker died before the publication was written down, comes back like what is pending.
CREATE FUNCTION claim_schedule(worker text, seconds integer)
RETURNS TABLE (schedule_change_id uuid, schedule_tenant_id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE change_schedules
  SET lease_owner = worker, lease_until = now() + make_interval(secs => seconds)
  WHERE change_id = (
    SELECT change_id FROM change_schedules
    WHERE status IN ('pending', 'started') AND publish_at <= now() AND (lease_until IS NULL OR lease_until < now())
    ORDER BY publish_at
    FOR UPDATE SKIP LOCKED
    LIMIT 1
  )
  RETURNING change_id, tenant_id
$$;
REVOKE ALL ON FUNCTION claim_schedule(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_schedule(text, integer) TO signalbox_app;
