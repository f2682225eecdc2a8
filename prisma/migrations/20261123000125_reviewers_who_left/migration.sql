-- Open changes for whose review somebody was asked who may not review there (any more), of tenants in the shared tables.
CREATE FUNCTION reviews_without_reviewers(reviewing text[])
RETURNS TABLE (lost_change_id uuid, lost_tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT r.change_id, r.tenant_id
  FROM change_reviews r
  JOIN changes c ON c.id = r.change_id AND c.status IN ('draft', 'in_review', 'approved', 'rejected', 'scheduled')
  WHERE r.requested_by IS NOT NULL AND EXISTS (
    SELECT FROM unnest(r.reviewers) AS asked
    WHERE NOT EXISTS (
      SELECT FROM memberships m
      WHERE m.tenant_id = r.tenant_id AND m.person_id::text = asked AND m.role = ANY (reviewing)
    )
  )
  LIMIT 100
$$;
REVOKE ALL ON FUNCTION reviews_without_reviewers(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reviews_without_reviewers(text[]) TO signalbox_app;
