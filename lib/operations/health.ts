import { checkDatabase, checkMigrations, onPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { logger, metrics, rounds } from "@/lib/observability";
import { checkKeyFile } from "@/lib/secrets";
import { TENANT_STATES } from "@/lib/tenancy/tiers/contract";
import type { Health } from "./contract";
import { publicationsElsewhere } from "./publications-elsewhere";

const MOST_FAILURES = 20;

/** How the installation is, for its operators; no tenant's content. The caller has checked that an operator asks. */
export async function readHealth(): Promise<Health> {
  const [database, migrations, keys] = [
    await check("database", checkDatabase),
    await check("migrations", checkMigrations),
    await check("keys", checkKeyFile),
  ];
  const rows = rounds();
  const elsewhere = await publicationsElsewhere(MOST_FAILURES);
  return {
    database: { ...database, ...(await databaseFacts()) },
    migrations,
    keys,
    publishing: await underWay(elsewhere),
    failures: await failures(elsewhere),
    drifted: rows.some(({ name }) => name === "drift") ? await driftedNow() : null,
    workers: rows.map((row) => ({ ...row, lastRoundAt: row.lastRoundAt.toISOString() })),
    tenants: await tenantCounts(),
  };
}

async function check(name: string, work: () => Promise<void>): Promise<{ ok: boolean; detail: string }> {
  try {
    await work();
    return { ok: true, detail: "" };
  } catch (err) {
    logger("operations").warn({ err, check: name }, "not as it must be");
    return { ok: false, detail: err instanceof AppError ? err.message : `The ${name} cannot be asked.` };
  }
}

async function databaseFacts() {
  const [row] = await onPlatform(
    (client) => client.$queryRaw<{ version: string; bytes: bigint; connections: bigint }[]>`
      SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
             (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections`,
  );
  return {
    version: row?.version ?? "",
    bytes: Number(row?.bytes ?? 0),
    connections: Number(row?.connections ?? 0),
  };
}

interface UnderWay {
  tenant_id: string;
  requested_at: Date;
  lease_owner: string | null;
  lease_until: Date | null;
  attempts: number;
}

type Elsewhere = Awaited<ReturnType<typeof publicationsElsewhere>>;

async function underWay(elsewhere: Elsewhere): Promise<Health["publishing"]> {
  const shared = await onPlatform((client) => client.$queryRaw<UnderWay[]>`SELECT * FROM publications_under_way()`);
  const others = elsewhere
    .filter(({ finishedAt }) => finishedAt === null)
    .map((row) => ({
      ...{ tenant_id: row.tenantId, requested_at: row.requestedAt, attempts: row.attempts },
      ...{ lease_owner: row.leaseOwner, lease_until: row.leaseUntil },
    }));
  const rows = [...shared, ...others].sort((a, b) => a.requested_at.getTime() - b.requested_at.getTime());
  const leases = rows.flatMap(({ tenant_id, lease_owner, lease_until, attempts }) =>
    lease_owner && lease_until
      ? [{ tenantId: tenant_id, owner: lease_owner, until: lease_until.toISOString(), attempts }]
      : [],
  );
  return { open: rows.length, oldest: rows[0]?.requested_at.toISOString() ?? null, leases };
}

interface Failure {
  tenant_id: string;
  revision: number;
  status: string;
  message: string;
  finished_at: Date;
}

async function failures(elsewhere: Elsewhere): Promise<Health["failures"]> {
  const rows = await onPlatform(
    (client) => client.$queryRaw<Failure[]>`SELECT * FROM publications_failed_lately(${MOST_FAILURES}::integer)`,
  );
  const shared = rows.map(({ tenant_id, message, finished_at, ...row }) => ({
    ...row,
    tenantId: tenant_id,
    detail: message,
    at: finished_at.toISOString(),
  }));
  const others = elsewhere.flatMap(({ tenantId, revision, status, error, finishedAt }) =>
    finishedAt ? [{ tenantId, revision, status, detail: said(error), at: finishedAt.toISOString() }] : [],
  );
  return [...shared, ...others].sort((a, b) => b.at.localeCompare(a.at)).slice(0, MOST_FAILURES);
}

const said = (error: unknown) =>
  typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";

async function driftedNow(): Promise<number> {
  const { values } = await metrics().drifted.get();
  return values[0]?.value ?? 0;
}

async function tenantCounts(): Promise<Health["tenants"]> {
  const rows = await onPlatform(
    (client) => client.$queryRaw<{ state: string; count: bigint }[]>`SELECT * FROM count_tenants()`,
  );
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
  const [active, suspended, deleted] = TENANT_STATES.map(of);
  return { active: active ?? 0, suspended: suspended ?? 0, deleted: deleted ?? 0 };
}
