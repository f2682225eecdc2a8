import { Prisma, withTenant } from "@/lib/database";
import { type HeardAlert, hashOf } from "./heard-alert";

type Row = HeardAlert & { hash: string };

/**
 * Writes what was heard, in one transaction: each label set once, and its firing under today. A label set that fires on
 * (its times overlap with the last ones) goes on with that firing; an end that was said wins over one that was assumed.
 */
export async function storeAlerts(tenantId: string, alerts: readonly HeardAlert[], now: Date): Promise<void> {
  const rounds = roundsOf(alerts);
  await withTenant(
    tenantId,
    async (tx) => {
      for (const rows of rounds) await tx.$executeRaw(statement(tenantId, rows, now));
    },
    { timeout: 30_000 },
  );
}

/** One statement may touch a label set once only: the second firing of one in a batch goes into the next round. */
function roundsOf(alerts: readonly HeardAlert[]): Row[][] {
  const rounds: Map<string, Row>[] = [];
  const last = new Map<string, { round: number; startsAt: number }>();
  for (const alert of alerts) {
    const hash = hashOf(alert.labels);
    const known = last.get(hash);
    const startsAt = alert.startsAt.getTime();
    // The same firing told again: the later word is the one that counts.
    const round = !known ? 0 : known.startsAt === startsAt ? known.round : known.round + 1;
    rounds[round] ??= new Map();
    rounds[round].set(hash, { ...alert, hash });
    last.set(hash, { round, startsAt });
  }
  // In one order everywhere, so that two writers never wait for each other.
  return rounds.map((rows) => [...rows.values()].sort((left, right) => (left.hash < right.hash ? -1 : 1)));
}

function statement(tenantId: string, rows: readonly Row[], now: Date): Prisma.Sql {
  const column = (of: (row: Row) => string) => rows.map(of);
  return Prisma.sql`
    WITH given AS (
      SELECT * FROM unnest(
        ${column(({ hash }) => hash)}::uuid[],
        ${column(({ labels }) => JSON.stringify(labels))}::jsonb[],
        ${column(({ annotations }) => JSON.stringify(annotations))}::jsonb[],
        ${column(({ generatorURL }) => generatorURL)}::text[],
        ${column(({ startsAt }) => startsAt.toISOString())}::timestamptz[],
        ${column(({ endsAt }) => endsAt.toISOString())}::timestamptz[]
      ) AS given (hash, labels, annotations, generator_url, starts_at, ends_at)
    ), kept AS (
      INSERT INTO alert_label_sets AS known
        (tenant_id, hash, labels, annotations, generator_url, first_seen, last_seen, starts_at, ends_at)
      SELECT ${tenantId}::uuid, hash, labels, annotations, generator_url, ${now}::timestamptz, ${now}::timestamptz, starts_at, ends_at
      FROM given
      ON CONFLICT (tenant_id, hash) DO UPDATE SET
        annotations = EXCLUDED.annotations,
        generator_url = EXCLUDED.generator_url,
        last_seen = greatest(known.last_seen, EXCLUDED.last_seen),
        starts_at = CASE
          WHEN EXCLUDED.starts_at <= known.ends_at AND EXCLUDED.ends_at >= known.starts_at THEN known.starts_at
          ELSE greatest(known.starts_at, EXCLUDED.starts_at) END,
        ends_at = CASE
          WHEN EXCLUDED.ends_at < known.starts_at THEN known.ends_at
          WHEN EXCLUDED.starts_at > known.ends_at THEN EXCLUDED.ends_at
          WHEN EXCLUDED.ends_at <= ${now}::timestamptz AND known.ends_at > ${now}::timestamptz THEN EXCLUDED.ends_at
          ELSE greatest(known.ends_at, EXCLUDED.ends_at) END
      RETURNING id, hash, starts_at, ends_at
    )
    INSERT INTO alert_firings AS firing (tenant_id, day, label_set, starts_at, ends_at)
    SELECT ${tenantId}::uuid, (${now}::timestamptz AT TIME ZONE 'UTC')::date, kept.id,
      -- What ended long ago is told late: it is a firing of its own, and the label set knows a newer one.
      CASE WHEN given.ends_at < kept.starts_at THEN given.starts_at ELSE kept.starts_at END,
      CASE WHEN given.ends_at < kept.starts_at THEN given.ends_at ELSE kept.ends_at END
    FROM kept JOIN given USING (hash)
    ON CONFLICT (tenant_id, day, label_set, starts_at) DO UPDATE SET ends_at = EXCLUDED.ends_at`;
}
