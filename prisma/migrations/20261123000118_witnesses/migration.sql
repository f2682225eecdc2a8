-- Which logs have a checkpoint that one of these witnesses did not cosign yet. One that had a problem is asked again later.
CREATE FUNCTION logs_to_cosign(names text[], most integer) RETURNS TABLE (log_tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h.tenant_id
  FROM event_heads h
  CROSS JOIN LATERAL (SELECT max(c.size) AS size FROM checkpoints c WHERE c.tenant_id = h.tenant_id) last
  WHERE EXISTS (
    SELECT FROM unnest(names) AS n(witness)
    LEFT JOIN witness_standings s ON s.tenant_id = h.tenant_id AND s.witness = n.witness
    WHERE coalesce(s.size, 0) < last.size AND (s.problem IS NULL OR s.asked_at < now() - interval '1 minute'))
  ORDER BY last.size DESC LIMIT most
$$;
REVOKE ALL ON FUNCTION logs_to_cosign(text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION logs_to_cosign(text[], integer) TO signalbox_app;
