import { readLog } from "@/lib/audit";
import { directoryOf, Prisma, type Transaction, withPlatform, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import { leaveTenant, PLATFORM_LOG, recordWith, systemContext } from "@/lib/tenancy";
import type { Receipt } from "./contract";
import { isAgain } from "./erase-person";
import { erasureSql, type Place, rowsAt } from "./tables";
import { tenantsKnowing } from "./tenants-knowing";

interface Erasing {
  id: string;
  personId: string;
  requestedBy: string;
  requestId: string;
  requestedAt: Date;
  step: string;
  visited: string | null;
  salt: Uint8Array;
  hash: Uint8Array;
}

const LEASE_SECONDS = 60;

/** Takes an erasure that nobody works on; each step of it renews the lease. */
async function claim(id: string | null): Promise<Erasing | undefined> {
  const [row] = await withPlatform(
    (tx) => tx.$queryRaw<Erasing[]>`
      UPDATE erasures SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = (
        SELECT id FROM erasures WHERE step <> 'done' AND (${id}::uuid IS NULL OR id = ${id}::uuid)
          AND (lease_until IS NULL OR lease_until < now())
        ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, person_id AS "personId", requested_by AS "requestedBy", request_id AS "requestId",
        requested_at AS "requestedAt", step, visited, salt, hash`,
  );
  return row;
}

/** Goes on with erasures that were begun, with `id` or whichever waits. Returns how many are over. */
export async function carryOutErasures(id: string | null = null): Promise<number> {
  let done = 0;
  const failed: unknown[] = [];
  for (let erasing = await claim(id); erasing; erasing = await claim(id)) {
    try {
      await carryOut(erasing);
      done++;
    } catch (error) {
      const words = error instanceof AppError ? error.message : "It could not go on, and is tried again.";
      await note(erasing.id, words);
      // It keeps its lease, so the others have their turn.
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
  return done;
}

async function note(id: string, error: string): Promise<void> {
  await withPlatform((tx) => tx.erasure.update({ where: { id }, data: { error } }));
}

/** Each step may be done twice: a process that dies leaves its step to the next. */
async function carryOut(erasing: Erasing): Promise<void> {
  let { step } = erasing;
  while (step !== "done") {
    failpoint(`erase.${step}`);
    step = await STEPS[step]!(erasing);
  }
}

const STEPS: Readonly<Record<string, (erasing: Erasing) => Promise<string>>> = {
  access: endAccess,
  tenants: leaveTenants,
  person: removePerson,
  receipt: writeReceipt,
};

async function proceed(tx: Transaction, { id }: Erasing, step: string, gone: Readonly<Record<string, number>> = {}) {
  await tx.$executeRaw`
    UPDATE erasures SET step = ${step}, error = NULL, lease_until = now() + make_interval(secs => ${LEASE_SECONDS}),
      counts = (SELECT coalesce(jsonb_object_agg(key, total), '{}') FROM (
        SELECT key, sum(value::int) AS total FROM (
          SELECT * FROM jsonb_each_text(counts) UNION ALL SELECT * FROM jsonb_each_text(${JSON.stringify(gone)}::jsonb)) each_of
        GROUP BY key) summed)
    WHERE id = ${id}::uuid`;
  return step;
}

/** From here on nobody signs in as this person with what they had. */
function endAccess(erasing: Erasing): Promise<string> {
  const { personId } = erasing;
  return withPlatform(async (tx) => {
    const now = new Date();
    await tx.person.updateMany({ where: { id: personId }, data: { passwordHash: null, oidcSubject: null } });
    await tx.authSession.updateMany({
      where: { personId, revokedAt: null },
      data: { revokedAt: now, refreshToken: null },
    });
    await tx.signInLink.updateMany({ where: { personId, usedAt: null }, data: { usedAt: now } });
    return proceed(tx, erasing, "tenants");
  });
}

/** Every tenant, those too that the person left long ago: what they wrote there stayed. */
async function leaveTenants(erasing: Erasing): Promise<string> {
  const { personId, requestedBy, requestId } = erasing;
  for (const { id: tenantId } of await tenantsKnowing(personId)) {
    if (erasing.visited !== null && tenantId <= erasing.visited) continue;
    const ctx = await systemContext(tenantId, requestId);
    const known = await withTenant(tenantId, (tx) =>
      directoryOf(tx).membership.count({ where: { tenantId, personId } }),
    );
    if (known > 0)
      await leaveTenant({ ...ctx, actor: { type: "person", id: requestedBy } }, { personId, last: isAgain(erasing) });
    await withTenant(tenantId, async (tx) => {
      const directory = directoryOf(tx);
      const gone = add(await erase(tx, "data", personId), await erase(directory, "directory", personId));
      if (known > 0) gone.memberships = Math.max(gone.memberships ?? 0, known);
      await directory.erasure.update({ where: { id: erasing.id }, data: { visited: tenantId } });
      await proceed(directory, erasing, "tenants", gone);
    });
    failpoint("erase.tenant");
  }
  return withPlatform((tx) => proceed(tx, erasing, "person"));
}

/** The key goes with the person, in one transaction. Who came back into a tenant meanwhile is taken out of it once more. */
async function removePerson(erasing: Erasing): Promise<string> {
  try {
    return await withPlatform(async (tx) => proceed(tx, erasing, "receipt", await erasePlatform(tx, erasing.personId)));
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || !/23503/.test(error.message)) throw error;
    erasing.visited = null;
    return withPlatform(async (tx) => {
      await tx.erasure.update({ where: { id: erasing.id }, data: { visited: null } });
      return proceed(tx, erasing, "tenants");
    });
  }
}

/** One by one: others refer to the person, who goes last. */
async function erasePlatform(tx: Transaction, personId: string): Promise<Record<string, number>> {
  const gone: Record<string, number> = {};
  for (const { table, where } of rowsAt("platform"))
    gone[table] = await tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE ${where}`, personId);
  return gone;
}

async function erase(tx: Transaction, place: Place, personId: string): Promise<Record<string, number>> {
  const [counts = {}] = await tx.$queryRawUnsafe<Record<string, number>[]>(erasureSql(place), personId);
  return rowsAt(place).reduce<Record<string, number>>(
    (gone, { table }, index) => add(gone, { [table]: counts[index] ?? 0 }),
    {},
  );
}

function add(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const sum = { ...one };
  for (const [table, count] of Object.entries(other)) if (count > 0) sum[table] = (sum[table] ?? 0) + count;
  return sum;
}

function writeReceipt({ id, personId, requestedBy, requestId, requestedAt, salt, hash }: Erasing): Promise<string> {
  return withTenant(PLATFORM_LOG, async (tx) => {
    const [row] = await tx.$queryRaw<{ step: string; counts: Record<string, number> }[]>`
      SELECT step, counts FROM erasures WHERE id = ${id}::uuid FOR UPDATE`;
    if (row?.step !== "receipt") return "done";
    const own = requestedBy === personId;
    const tombstone = { salt: Buffer.from(salt).toString("hex"), hash: Buffer.from(hash).toString("hex") };
    const rows = row.counts;
    // By `system`, where the actor would be the one who is gone.
    const by = { actor: own ? "system" : requestedBy, requestId };
    await recordWith(tx, "PersonErased", { erasure: id, ...tombstone, rows }, by);
    const [event] = await readLog(tx, PLATFORM_LOG, { limit: 1 });
    if (!event) throw new AppError("internal", "The receipt is not in the log.");
    const receipt: Receipt = {
      id,
      requestedAt: requestedAt.toISOString(),
      finishedAt: event.at.toISOString(),
      requestedBy: own ? "own" : "operator",
      rows,
      tenants: rows.memberships ?? 0,
      ...tombstone,
      proof: { log: PLATFORM_LOG, position: event.position, leafHash: event.leafHash },
    };
    const over = { step: "done", personId: null, leaseUntil: null, error: null, finishedAt: event.at };
    await tx.erasure.update({ where: { id }, data: { ...over, ...(own ? { requestedBy: "own" } : {}), receipt } });
    return "done";
  });
}
