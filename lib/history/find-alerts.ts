import { compileMatcher, type Matcher, parseMatchers } from "@/lib/alertmanager";
import { Prisma, type Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { query } from "@/lib/tenancy";
import { type AlertDto, type AlertsPage, alertsQuerySchema } from "./contract";

type Labels = Record<string, string>;
interface SetRow {
  id: bigint;
  labels: Labels;
  annotations: Labels;
  generator_url: string;
  starts_at: Date;
  ends_at: Date;
}
interface FiringRow {
  label_set: bigint;
  starts_at: Date;
  ends_at: Date;
}

const DAY_MS = 86_400_000;
/** Beyond it the total is not counted on. */
const MOST_COUNTED = 10_000;

/** Alerts of now or of a window, newest first. */
export const findAlerts = query(
  { name: "findAlerts", permission: "configuration:view", input: alertsQuerySchema },
  async (tx, { state, matcher, from, to, limit, cursor }): Promise<AlertsPage> => {
    const now = new Date();
    const matchers = readMatchers(matcher);
    const until = to ? new Date(to) : now;
    const since = from ? new Date(from) : new Date(until.getTime() - DAY_MS);
    if (since >= until) throw new AppError("invalid_input", "The window ends before it begins.");
    if (state === "firing") return firing(tx, matchers, now, limit, cursor);
    const sets = await setsSeen(tx, matchers, since);
    const byId = new Map(sets.map((set) => [set.id, set]));
    const ids = matchers.length > 0 ? [...byId.keys()] : null;
    const rows = await firings(tx, ids, since, until, state === "ended" ? now : null);
    const start = positionOf(cursor, rows.length);
    const alerts = rows.slice(start, start + limit).flatMap(({ label_set, starts_at, ends_at }) => {
      const set = byId.get(label_set);
      return set ? [dto(set, starts_at, ends_at, now)] : [];
    });
    return { alerts, total: rows.length, next: rows.length > start + limit ? String(start + limit) : null };
  },
);

async function firing(
  tx: Transaction,
  matchers: readonly Matcher[],
  now: Date,
  limit: number,
  cursor: string | undefined,
): Promise<AlertsPage> {
  const rows = await tx.$queryRaw<SetRow[]>`
    SELECT id, labels, annotations, generator_url, starts_at, ends_at FROM alert_label_sets
    WHERE ends_at > ${now} AND ${containing(matchers)} ORDER BY starts_at DESC, id DESC`;
  const found = rows.filter(({ labels }) => fulfils(matchers, labels));
  const start = positionOf(cursor, found.length);
  return {
    alerts: found.slice(start, start + limit).map((set) => dto(set, set.starts_at, set.ends_at, now)),
    total: found.length,
    next: found.length > start + limit ? String(start + limit) : null,
  };
}

/** Label sets of which something was heard since; with PostgreSQL's help for what `=` asks for. */
async function setsSeen(tx: Transaction, matchers: readonly Matcher[], since: Date): Promise<SetRow[]> {
  const rows = await tx.$queryRaw<SetRow[]>`
    SELECT id, labels, annotations, generator_url, starts_at, ends_at FROM alert_label_sets
    WHERE ends_at > ${since} AND ${containing(matchers)}`;
  return rows.filter(({ labels }) => fulfils(matchers, labels));
}

function firings(
  tx: Transaction,
  ids: readonly bigint[] | null,
  since: Date,
  until: Date,
  endedBy: Date | null,
): Promise<FiringRow[]> {
  const chosen = ids ? Prisma.sql`AND label_set = ANY(${ids.map(String)}::bigint[])` : Prisma.empty;
  const ended = endedBy ? Prisma.sql`AND max(ends_at) <= ${endedBy}` : Prisma.empty;
  return tx.$queryRaw<FiringRow[]>`
    SELECT label_set, starts_at, max(ends_at) AS ends_at FROM alert_firings
    WHERE day >= (${since}::timestamptz AT TIME ZONE 'UTC')::date - 1 AND starts_at < ${until} ${chosen}
    GROUP BY label_set, starts_at HAVING max(ends_at) > ${since} ${ended}
    ORDER BY starts_at DESC, label_set DESC LIMIT ${MOST_COUNTED}`;
}

export function readMatchers(texts: readonly string[]): Matcher[] {
  return texts.flatMap((text) => {
    const parsed = parseMatchers(text, "fallback");
    if (!parsed.ok) throw new AppError("invalid_input", `${text} is not a matcher: ${parsed.error}`, { matcher: text });
    return parsed.matchers;
  });
}

export function fulfils(matchers: readonly Matcher[], labels: Readonly<Labels>): boolean {
  return matchers.every((matcher) =>
    compileMatcher(matcher)(Object.hasOwn(labels, matcher.name) ? (labels[matcher.name] ?? "") : ""),
  );
}

/** A label that is empty and one that is absent are the same to a matcher, and we store none that is empty. */
function containing(matchers: readonly Matcher[]): Prisma.Sql {
  const equal = matchers.filter(({ op, value }) => op === "=" && value !== "");
  const labels = JSON.stringify(Object.fromEntries(equal.map(({ name, value }) => [name, value])));
  return Prisma.sql`labels @> ${labels}::jsonb`;
}

function positionOf(cursor: string | undefined, length: number): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw new AppError("invalid_input", "The cursor is not one that we gave.");
  return Math.min(Number(cursor), length);
}

function dto(set: SetRow, startsAt: Date, endsAt: Date, now: Date): AlertDto {
  return {
    id: String(set.id),
    labels: set.labels,
    annotations: set.annotations,
    generatorURL: set.generator_url,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    state: endsAt > now ? "firing" : "ended",
  };
}
