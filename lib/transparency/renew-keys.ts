import type { z } from "zod";
import { labelOf } from "@/lib/audit/proofs/contract";
import { withPlatform, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import { type ActingOperator, allTenants, PLATFORM_LOG, recordOnPlatform } from "@/lib/tenancy";
import { signNow } from "./checkpoint";
import type { renewedSchema, signingKeysSchema } from "./contract";
import { forgetKeys, lockKeys, makeKeys, publishedPairs, signingKeys } from "./keys";

/** As long as old ones may be in the memory of another process, and longer: PostgreSQL says the same. */
const HOUR_MS = 3_600_000;

type SigningKeys = z.infer<typeof signingKeysSchema>;

export async function listSigningKeys(): Promise<SigningKeys> {
  const pairs = await publishedPairs(PLATFORM_LOG);
  return {
    pairs: pairs.map(({ madeAt, keys, signs }) => ({ madeAt: madeAt.toISOString(), keys: keys.map(labelOf), signs })),
  };
}

/**
 * Makes the next pair of keys, and hands every log over to it: the keys before sign once more, and announce it. A renewal that was
 * interrupted goes on when it is asked for again within the hour; a log that cannot be signed is told, and goes over when it can.
 */
export async function renewKeys({
  personId,
  isOperator,
  requestId,
}: ActingOperator): Promise<z.infer<typeof renewedSchema>> {
  if (!isOperator) throw new AppError("forbidden", "This is for operators of the installation.");
  await signingKeys(PLATFORM_LOG);
  const [newest] = await publishedPairs(PLATFORM_LOG);
  const made = await withTenant(PLATFORM_LOG, async (tx) => {
    await lockKeys(tx);
    const last = await tx.checkpointKey.findFirst({ where: { tenantId: PLATFORM_LOG }, orderBy: { madeAt: "desc" } });
    const others = last && newest && last.madeAt > newest.madeAt;
    const begun = last && (await tx.checkpointKey.count({ where: { tenantId: PLATFORM_LOG } })) > 2;
    if (!last || others || (begun && Date.now() - last.madeAt.getTime() < HOUR_MS)) return false;
    await makeKeys(tx, last.host, { actor: personId, requestId });
    return true;
  });
  forgetKeys();
  return { made, ...(await handOverLogs()), ...(await listSigningKeys()) };
}

async function handOverLogs(): Promise<{ logs: number; left: { tenantId: string; code: string }[] }> {
  const ids = [PLATFORM_LOG, ...(await allTenants()).map(({ id }) => id)];
  const left: { tenantId: string; code: string }[] = [];
  for (const tenantId of ids) {
    try {
      await signNow(tenantId);
    } catch (error) {
      logger("transparency").error({ err: error, tenantId }, "a log has not gone over to the newest keys");
      left.push({ tenantId, code: error instanceof AppError ? error.code : "internal" });
    }
  }
  return { logs: ids.length - left.length, left };
}

let lookedAt = 0;

/** Destroys the private halves of what was replaced more than an hour ago, once every log has gone over. Looks once an hour. */
export async function retireKeys(now = Date.now()): Promise<void> {
  if (now - lookedAt < HOUR_MS) return;
  const [newest, ...older] = await publishedPairs(PLATFORM_LOG);
  lookedAt = now;
  if (!newest || now - newest.madeAt.getTime() < HOUR_MS || older.every(({ signs }) => !signs)) return;
  const { left } = await handOverLogs();
  if (left.length > 0) return;
  await withPlatform((tx) => tx.$executeRaw`SELECT retire_checkpoint_keys()`);
  forgetKeys();
  const kept = new Set(
    (await publishedPairs(PLATFORM_LOG)).filter(({ signs }) => signs).map(({ madeAt }) => madeAt.getTime()),
  );
  const gone = older.filter(({ signs, madeAt }) => signs && !kept.has(madeAt.getTime()));
  if (gone.length > 0) {
    const keys = gone.flatMap((pair) => pair.keys.map(labelOf));
    await recordOnPlatform("CheckpointKeysDestroyed", { keys });
  }
}
