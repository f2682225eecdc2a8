import { randomUUID } from "node:crypto";
import { append } from "@/lib/audit";
import { type Transaction, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import {
  addKek,
  addNextDataKey,
  announceDataKeys,
  countOlder,
  describeKeyring,
  dueDataKeys,
  raiseMinimum,
  readRing,
  rewrapAll,
  sealAllAgain,
  verifyKeys,
  writeUses,
} from "@/lib/secrets";
import type { KeyringDto, RewrapResult, SealAgainResult, VerifyResult } from "@/lib/secrets/contract";
import { type ActingOperator, PLATFORM_LOG } from "@/lib/tenancy";

const DAY_MS = 86_400_000;
/** Of a key-encryption key: half of what its random nonces stand. */
const WRAPS = 2_147_483_648;
const AT_ONCE = 100;

const SYSTEM: ActingOperator = { personId: "system", isOperator: true, requestId: "background" };

// Every operation on keys stands in the installation's log, and where it can be in the transaction that did it.
async function record(
  tx: Transaction,
  { personId, requestId }: ActingOperator,
  type: string,
  data: Record<string, unknown>,
): Promise<void> {
  const author = { tenantId: PLATFORM_LOG, actor: personId, requestId };
  await append(tx, author, { type: "keys", id: randomUUID() }, 0, [{ type, data }], new Date());
}

const onRecord = (by: ActingOperator, type: string, data: Record<string, unknown>) =>
  withTenant(PLATFORM_LOG, (tx) => record(tx, by, type, data));

function requireOperator({ isOperator }: ActingOperator): void {
  if (!isOperator) throw new AppError("forbidden", "This is for operators of the installation.");
}

export async function listKeys(): Promise<KeyringDto> {
  await writeUses();
  return describeKeyring();
}

/** Makes the next key-encryption key, which wraps what is new. Data keys follow by `rewrapKeys`, or by the worker. */
export async function rotateKeys(by: ActingOperator, unless?: Parameters<typeof addKek>[2]): Promise<void> {
  requireOperator(by);
  await withTenant(
    PLATFORM_LOG,
    async (tx) => {
      const kek = await addKek(tx, by.personId, unless);
      if (!kek) return;
      const { version, provider, keyId, algorithm } = kek;
      await record(tx, by, "KeyEncryptionKeyMade", { version, provider, keyId, algorithm });
    },
    { timeout: 60_000 },
  );
}

/** Wraps all data keys anew that an older key wraps. */
export async function rewrapKeys(by: ActingOperator): Promise<RewrapResult> {
  requireOperator(by);
  const { primary } = await readRing();
  const result = await rewrapAll();
  if (result.rewrapped > 0) await onRecord(by, "DataKeysRewrapped", { version: primary.version, ...result });
  return result;
}

export async function raiseMinimumKey(by: ActingOperator, version: number): Promise<void> {
  requireOperator(by);
  await withTenant(PLATFORM_LOG, async (tx) => {
    await raiseMinimum(tx, version);
    await record(tx, by, "MinimumKeyRaised", { version });
  });
}

/** The next version of a tenant's data key; what is sealed under older ones stays readable. */
export async function rotateDataKey(by: ActingOperator, tenantId: string): Promise<void> {
  requireOperator(by);
  await withTenant(tenantId, async (tx) => {
    if (!(await tx.dataKey.findFirst({ where: { tenantId } })))
      throw new AppError("not_found", "This tenant has no data key yet: nothing is sealed.");
    await addNextDataKey(tx, tenantId, by.personId);
  });
  await announce();
}

export async function verifyAllKeys(by: ActingOperator): Promise<VerifyResult> {
  requireOperator(by);
  const result = await verifyKeys();
  await onRecord(by, "KeysVerified", { tried: result.tried, failed: result.failed.length });
  return result;
}

const announce = () =>
  announceDataKeys(({ tenantId, version, madeBy, what }) =>
    what === "destroyed"
      ? onRecord(SYSTEM, "DataKeyDestroyed", { tenantId, version })
      : onRecord({ ...SYSTEM, personId: madeBy }, "DataKeyReplaced", { tenantId, version }),
  );

/** Seals again what replaced data keys sealed, and destroys those that seal nothing any more. `options` is for tests. */
export async function sealAgain(
  by: ActingOperator,
  options?: Parameters<typeof sealAllAgain>[0],
): Promise<SealAgainResult> {
  requireOperator(by);
  // What was made and not told yet is told before it may be destroyed.
  await announce();
  const result = await sealAllAgain(options);
  if (result.resealed > 0) await onRecord(by, "SecretsSealedAgain", result);
  if (result.destroyed > 0) await announce();
  return result;
}

/** What runs out is replaced; what an older key wraps is wrapped anew, and what an older data key sealed is sealed again. */
export async function tendKeys(): Promise<void> {
  await writeUses();
  const { KEY_ROTATION_DAYS, DATA_KEY_ROTATION_DAYS, DATA_KEY_USES } = env();
  const { keys } = await describeKeyring();
  const [primary] = keys;
  if (!primary) return;
  const since = (days: number) => new Date(days > 0 ? Date.now() - days * DAY_MS : 0);
  if (primary.createdAt < since(KEY_ROTATION_DAYS).toISOString() || primary.uses >= WRAPS)
    await rotateKeys(SYSTEM, ({ version }) => version !== primary.version);
  const due = { uses: DATA_KEY_USES, before: since(DATA_KEY_ROTATION_DAYS) };
  for (const { tenantId, version } of await dueDataKeys(due, AT_ONCE))
    await withTenant(tenantId, (tx) => addNextDataKey(tx, tenantId, SYSTEM.personId, version));
  await sealAgain(SYSTEM);
  const ring = await readRing();
  if ((await countOlder(ring.primary.version)) > 0) await rewrapKeys(SYSTEM);
}

/** `tendKeys` at once, for who does not want to wait for its turn; failures are for the worker to try again. */
export function tendKeysSoon(): void {
  tendKeys().catch((err: unknown) => logger("operations").error({ err }, "keys: interrupted; it goes on later"));
}
