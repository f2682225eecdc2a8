import { query } from "@/lib/tenancy";
import { type Firings, firingsQuerySchema, type LabelCounts, labelsQuerySchema } from "./contract";

const DAY_MS = 86_400_000;
const MOST_SETS = 50_000;
const MOST_FIRINGS = 1_000_000;
const MOST_LABELS = 1_000;

/** Names of labels, or the values of one, with the number of alerts that had it. For completion. */
export const countLabels = query(
  { name: "countLabels", permission: "configuration:view", input: labelsQuerySchema },
  async (tx, { name, days }): Promise<LabelCounts> => {
    const since = new Date(Date.now() - days * DAY_MS);
    const rows =
      name === undefined
        ? await tx.$queryRaw<{ text: string; count: bigint }[]>`
            SELECT key AS text, count(*) AS count FROM alert_label_sets, jsonb_object_keys(labels) AS key
            WHERE ends_at > ${since} GROUP BY key ORDER BY count DESC, key LIMIT ${MOST_LABELS}`
        : await tx.$queryRaw<{ text: string; count: bigint }[]>`
            SELECT labels ->> ${name} AS text, count(*) AS count FROM alert_label_sets
            WHERE ends_at > ${since} AND labels ? ${name} GROUP BY 1 ORDER BY count DESC, text LIMIT ${MOST_LABELS}`;
    return rows.map(({ text, count }) => ({ text, count: Number(count) }));
  },
);

/** All that fired in the last days, for what is computed over it in the browser: counts of routes, behavioural differences. */
export const pastFirings = query(
  { name: "pastFirings", permission: "configuration:view", input: firingsQuerySchema },
  async (tx, { days }): Promise<Firings> => {
    const to = new Date();
    const from = new Date(to.getTime() - days * DAY_MS);
    const rows = await tx.$queryRaw<{ labels: Record<string, string>; firings: number[] }[]>`
      WITH firings AS (
        SELECT label_set, starts_at, max(ends_at) AS ends_at FROM alert_firings
        WHERE day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date - 1
        GROUP BY label_set, starts_at HAVING max(ends_at) > ${from}
        ORDER BY starts_at DESC LIMIT ${MOST_FIRINGS}
      ), by_set AS (
        SELECT label_set, max(ends_at) AS latest,
          array_agg(floor(extract(epoch FROM starts_at))::float8 ORDER BY starts_at) AS starts,
          array_agg(floor(extract(epoch FROM ends_at))::float8 ORDER BY starts_at) AS ends
        FROM firings GROUP BY label_set ORDER BY latest DESC LIMIT ${MOST_SETS + 1}
      )
      SELECT labels, ARRAY(SELECT unnest(ARRAY[s, e]) FROM unnest(starts, ends) AS pair (s, e)) AS firings
      FROM by_set JOIN alert_label_sets ON id = label_set ORDER BY latest DESC`;
    const sets = rows.slice(0, MOST_SETS);
    const told = sets.reduce((sum, { firings }) => sum + firings.length / 2, 0);
    const truncated = rows.length > MOST_SETS || told >= MOST_FIRINGS;
    return { from: from.toISOString(), to: to.toISOString(), sets, truncated };
  },
);
