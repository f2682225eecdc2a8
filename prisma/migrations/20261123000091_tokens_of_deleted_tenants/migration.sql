-- A deleted tenant is not there, for programs as for people.
CREATE OR REPLACE FUNCTION live_api_tokens(wanted uuid)
RETURNS TABLE (id uuid, tenant_id uuid, slug text, tenant_name text, person_id uuid, role text, scopes text[],
               expires_at timestamptz, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT k.id, k.tenant_id, t.slug, t.name, k.person_id, coalesce(m.role, k.role), k.scopes,
         least(k.expires_at, k.created_at + make_interval(days => p.max_days)), k.last_used_at
  FROM api_tokens k
  JOIN tenants t ON t.id = k.tenant_id
  LEFT JOIN memberships m ON m.tenant_id = k.tenant_id AND m.person_id = k.person_id
  LEFT JOIN api_token_policies p ON p.tenant_id = k.tenant_id
  WHERE k.id = wanted AND k.revoked_at IS NULL AND t.state <> 'deleted'
    AND least(k.expires_at, k.created_at + make_interval(days => p.max_days)) > now()
    AND (k.person_id IS NULL OR m.role IS NOT NULL)
$$;
