-- Of keys that were replaced the private halves are destroyed once no log needs them any more: an hour after the newest were made
-- at the earliest, so that nobody signs with what they read before. The public halves stay: what they signed is verified by them.
CREATE FUNCTION retire_checkpoint_keys() RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH retired AS (
    UPDATE checkpoint_keys old SET private_key = ''
    WHERE old.private_key <> '' AND EXISTS (
      SELECT FROM checkpoint_keys newer
      WHERE newer.tenant_id = old.tenant_id AND newer.type = old.type AND newer.made_at > old.made_at
        AND newer.made_at < now() - interval '1 hour')
    RETURNING 1)
  SELECT count(*)::integer FROM retired
$$;
REVOKE ALL ON FUNCTION retire_checkpoint_keys() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retire_checkpoint_keys() TO signalbox_app;
