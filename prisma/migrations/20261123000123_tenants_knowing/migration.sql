-- Which tenants may have rows of a person, so that an export and an erasure need not visit them all: those whose shared tables say
-- so, and all that are elsewhere. A test holds the tables against those that the app erases and exports from.
CREATE FUNCTION tenants_knowing(person uuid)
RETURNS TABLE (id uuid, slug text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.id, t.slug FROM tenants t WHERE t.id IN (
    SELECT tenant_id FROM memberships WHERE person_id = person
    UNION SELECT tenant_id FROM api_tokens WHERE person_id = person
    UNION SELECT tenant_id FROM notices WHERE person_id = person OR data ->> 'by' = person::text
    UNION SELECT tenant_id FROM notice_outbox WHERE person_id = person OR payload ->> 'by' = person::text
    UNION SELECT tenant_id FROM notice_preferences WHERE person_id = person
    UNION SELECT tenant_id FROM scim_users WHERE person_id = person
    UNION SELECT tenant_id FROM scim_groups WHERE members && ARRAY(SELECT u.id FROM scim_users u WHERE u.person_id = person)
    UNION SELECT tenant_id FROM sign_in_identities WHERE person_id = person
    UNION SELECT tenant_id FROM sign_in_tests WHERE session_id IN (SELECT s.id FROM auth_sessions s WHERE s.person_id = person)
    UNION SELECT tenant_id FROM review_comments WHERE author = person::text
    UNION SELECT v.tenant_id FROM review_verdicts v WHERE v.person = tenants_knowing.person::text
    UNION SELECT tenant_id FROM changes WHERE created_by = person::text
    UNION SELECT tenant_id FROM revisions WHERE created_by = person::text
    UNION SELECT tenant_id FROM publications WHERE requested_by = person::text
    UNION SELECT tenant_id FROM change_schedules WHERE scheduled_by = person::text
    UNION SELECT tenant_id FROM events WHERE actor = person::text OR stream_id = person::text OR data ->> 'person' = person::text
    UNION SELECT tenant_id FROM tenant_places WHERE level <> 'shared')
  ORDER BY t.id
$$;
REVOKE ALL ON FUNCTION tenants_knowing(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_knowing(uuid) TO signalbox_app;
