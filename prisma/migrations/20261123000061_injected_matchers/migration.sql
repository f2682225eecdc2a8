-- What the target's owner asks of every alert before it comes to the tenant's root route; each a matcher as it is printed.
ALTER TABLE targets ADD COLUMN injected_matchers text[] NOT NULL DEFAULT '{}';

-- For operators of the installation, beside list_all_targets(): of the few targets that have any.
CREATE FUNCTION list_injected_matchers()
RETURNS TABLE (target_id uuid, injected_matchers text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.injected_matchers FROM targets t WHERE t.injected_matchers <> '{}'
$$;
REVOKE ALL ON FUNCTION list_injected_matchers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_injected_matchers() TO signalbox_app;
