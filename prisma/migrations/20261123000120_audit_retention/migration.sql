-- How long a tier keeps the words of events that nothing is built of; null: for ever.
UPDATE tiers SET quotas = quotas || '{"auditDays": null}' WHERE NOT quotas ? 'auditDays';

-- The app's role may empty an event, never change it: only of kinds that no stream is folded from, and only after a month. The hash,
-- the position, the time and who did it stay, so that every proof still verifies. Which events those are stands here a second
-- time, beside the code, so that no bug and no stolen password of the app empties anything else.
CREATE POLICY archive ON events AS RESTRICTIVE FOR UPDATE
  USING (stream_type = ANY (ARRAY['refusal', 'sign-in-failure', 'token-refusal', 'export', 'audit-export', 'test'])
    AND at < now() - interval '30 days')
  WITH CHECK (bytes IS NULL AND data = '{}'::jsonb);
GRANT UPDATE (data, bytes) ON events TO signalbox_app;

CREATE INDEX events_to_archive ON events (tenant_id, at)
  WHERE bytes IS NOT NULL
    AND stream_type = ANY (ARRAY['refusal', 'sign-in-failure', 'token-refusal', 'export', 'audit-export', 'test']);
