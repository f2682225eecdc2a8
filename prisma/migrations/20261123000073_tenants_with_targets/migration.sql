-- Background work about targets leaves thousands of tenants alone that have none. In plpgsql, since the table of claims is younger.
CREATE FUNCTION tenants_with_targets()
RETURNS TABLE (id uuid, state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT t.id, t.state FROM tenants t
  WHERE EXISTS (SELECT FROM target_claims c WHERE c.tenant_id = t.id) ORDER BY t.id;
END
$$;
REVOKE ALL ON FUNCTION tenants_with_targets() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_targets() TO signalbox_app;
