-- What each request asks first, in one statement: where this person may go, and what each of these tenants asks of their
-- session. With `wanted`, of the tenant with that slug alone. In PL/pgSQL, whose plans are kept with the connection.
CREATE FUNCTION standings_of(person uuid, wanted text)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text, source text, rule_id uuid, enforced boolean,
               break_glass boolean, demanded boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT t.id, t.slug, t.name, m.role, m.source, p.id, coalesce(r.enforced, false),
         coalesce(person = ANY (r.break_glass), false), coalesce(m.role = ANY (f.roles), false)
  FROM memberships m
  JOIN tenants t ON t.id = m.tenant_id
  LEFT JOIN sign_in_providers p ON p.tenant_id = m.tenant_id AND p.enabled
  LEFT JOIN sign_in_policies r ON r.tenant_id = m.tenant_id
  LEFT JOIN second_factor_policies f ON f.tenant_id = m.tenant_id
  WHERE m.person_id = person AND t.state <> 'deleted' AND (wanted IS NULL OR t.slug = wanted)
  ORDER BY t.name, t.id;
END
$$;

-- As before, but a page by name is read from the index, and all but ids is looked up for the tenants of the page alone.
CREATE OR REPLACE FUNCTION find_tenants(search text, of_state text, of_tier text, ids uuid[], by_usage boolean, most integer, skip integer)
RETURNS TABLE (id uuid, slug text, name text, created_at timestamptz, tier text, state text, level text, members bigint,
               fullest double precision, quota text, measured_at timestamptz, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  found bigint;
  page uuid[];
  condition text := '';
  ordered text;
BEGIN
  -- Put together from fixed pieces, so that each page has the plan that suits it; what was given are parameters.
  IF search IS NOT NULL THEN
    condition := condition || ' AND (strpos(lower(t.name), lower($1)) > 0 OR strpos(t.slug, lower($1)) > 0)';
  END IF;
  IF of_state IS NOT NULL THEN condition := condition || ' AND t.state = $2'; END IF;
  IF of_tier IS NOT NULL THEN condition := condition || ' AND t.tier = $3'; END IF;
  IF ids IS NOT NULL THEN condition := condition || ' AND t.id = ANY ($4)'; END IF;
  ordered := 'SELECT array(SELECT t.id FROM tenants t'
    || CASE WHEN by_usage THEN ' LEFT JOIN tenant_usage u ON u.tenant_id = t.id' ELSE '' END
    || ' WHERE true' || condition || ' ORDER BY '
    || CASE WHEN by_usage THEN 'u.fullest DESC NULLS LAST, ' ELSE '' END || 't.name, t.id';
  IF search IS NULL THEN
    EXECUTE 'SELECT count(*) FROM tenants t WHERE true' || condition INTO found USING search, of_state, of_tier, ids;
    EXECUTE ordered || ' LIMIT $5 OFFSET $6)' INTO page USING search, of_state, of_tier, ids, most, skip;
  ELSE
    -- What is found is few, and looking through all names is what takes long: once.
    EXECUTE ordered || ')' INTO page USING search, of_state, of_tier, ids;
    found := cardinality(page);
    page := page[skip + 1 : skip + most];
  END IF;
  RETURN QUERY
  SELECT t.id, t.slug, t.name, t.created_at::timestamptz, t.tier, t.state, coalesce(e.level, 'shared'),
         (SELECT count(*) FROM memberships m WHERE m.tenant_id = t.id),
         u.fullest, u.quota, u.measured_at::timestamptz, found
  FROM unnest(page) WITH ORDINALITY p (id, place)
  JOIN tenants t ON t.id = p.id
  LEFT JOIN tenant_usage u ON u.tenant_id = t.id
  LEFT JOIN tenant_places e ON e.tenant_id = t.id
  ORDER BY p.place;
END
$$;

REVOKE ALL ON FUNCTION standings_of(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION standings_of(uuid, text) TO signalbox_app;
