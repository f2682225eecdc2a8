import { randomUUID } from "node:crypto";
import { parseSecretRef, type SecretRef, secretRef } from "@/lib/alertmanager/config/secret-ref";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { decrypt, encrypt } from "./aead";
import { openingKeys, sealingKey } from "./data-keys";
import { countUse } from "./keys/uses";
import { type RecordedFacts, recordFacts, type SecretKind } from "./secret-facts";

export interface Sealed {
  ref: SecretRef;
  facts: RecordedFacts & { setAt: string };
}

interface Owner {
  tenantId: string;
  actor: { id: string };
}

const context = (tenantId: string, secretId: string, version: number) => `${tenantId}|${secretId}|${version}`;

async function sealBytes(tx: Transaction, tenantId: string, text: string, bound: string): Promise<Buffer<ArrayBuffer>> {
  const key = await sealingKey(tx, tenantId);
  countUse(tenantId, key.version);
  try {
    return encrypt(key, Buffer.from(text, "utf8"), bound);
  } finally {
    key.key.fill(0);
  }
}

/** Seals a value as a new secret, or as the next version of `secretId`. Older versions stay: revisions pin them. */
export async function seal(
  tx: Transaction,
  owner: Owner,
  { value, kind, secretId }: { value: string; kind: SecretKind; secretId?: string },
  now = new Date(),
): Promise<Sealed> {
  const { tenantId } = owner;
  const id = secretId ?? randomUUID();
  const version = secretId ? await nextVersion(tx, tenantId, secretId) : 1;
  const facts = recordFacts(kind, value);
  await tx.secretVersion.create({
    data: {
      tenantId,
      secretId: id,
      version,
      sealed: await sealBytes(tx, tenantId, value, context(tenantId, id, version)),
      facts: { ...facts },
      setBy: owner.actor.id,
      setAt: now,
    },
  });
  return { ref: secretRef(id, version), facts: { ...facts, setAt: now.toISOString() } };
}

async function nextVersion(tx: Transaction, tenantId: string, secretId: string): Promise<number> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${tenantId}|${secretId}`}, 0))::text`;
  const last = await tx.secretVersion.aggregate({ where: { tenantId, secretId }, _max: { version: true } });
  if (last._max.version === null) throw new AppError("not_found", "There is no such secret to replace.");
  return last._max.version + 1;
}

/** The values behind `refs`. Only for the publish step and test sends: what it returns must not outlive them. */
export async function openSecrets(
  tx: Transaction,
  tenantId: string,
  refs: readonly string[],
): Promise<Record<string, string>> {
  if (refs.length === 0) return {};
  const keyAt = await openingKeys(tx, tenantId);
  const opened: Record<string, string> = {};
  for (const ref of new Set(refs)) {
    const parts = parseSecretRef(ref);
    const row = parts
      ? await tx.secretVersion.findUnique({
          where: { tenantId_secretId_version: { tenantId, secretId: parts.id, version: parts.version } },
        })
      : null;
    if (!parts || !row)
      throw new AppError("not_found", "A secret that this configuration names is not there.", { ref });
    const bytes = await decrypt(keyAt, row.sealed, context(tenantId, parts.id, parts.version));
    opened[ref] = bytes.toString("utf8");
  }
  return opened;
}

/** Tries every version of every secret of the tenant; no value leaves. */
export async function openEverySecret(
  tx: Transaction,
  tenantId: string,
): Promise<{ tried: number; failed: { version: number; error: unknown }[] }> {
  const keyAt = await openingKeys(tx, tenantId);
  const failed: { version: number; error: unknown }[] = [];
  const rows = await tx.secretVersion.findMany({
    where: { tenantId },
    select: { secretId: true, version: true, sealed: true },
  });
  for (const { secretId, version, sealed } of rows) {
    try {
      (await decrypt(keyAt, sealed, context(tenantId, secretId, version))).fill(0);
    } catch (cause) {
      failed.push({ version, error: new Error(`secret ${secretId}/${version} does not open`, { cause }) });
    }
  }
  return { tried: rows.length, failed };
}

/** What the interface may know of each reference; an unknown one is absent from the answer. */
export async function factsFor(
  tx: Transaction,
  tenantId: string,
  refs: readonly string[],
): Promise<Record<string, RecordedFacts & { setAt: string; setBy: string }>> {
  const parts = [...new Set(refs)].flatMap((ref) => parseSecretRef(ref) ?? []);
  if (parts.length === 0) return {};
  const rows = await tx.secretVersion.findMany({
    where: { tenantId, OR: parts.map(({ id, version }) => ({ secretId: id, version })) },
    select: { secretId: true, version: true, facts: true, setAt: true, setBy: true },
  });
  return Object.fromEntries(
    rows.map((row) => [
      secretRef(row.secretId, row.version),
      { ...(row.facts as unknown as RecordedFacts), setAt: row.setAt.toISOString(), setBy: row.setBy },
    ]),
  );
}

/** Seals bytes that are no secret of a configuration (what a restore needs, a refresh token), bound to `purpose`. */
export async function sealText(tx: Transaction, tenantId: string, purpose: string, text: string): Promise<Buffer> {
  return sealBytes(tx, tenantId, text, `${tenantId}|${purpose}`);
}

export async function openText(
  tx: Transaction,
  tenantId: string,
  purpose: string,
  sealed: Uint8Array,
): Promise<string> {
  const bytes = await decrypt(await openingKeys(tx, tenantId), sealed, `${tenantId}|${purpose}`);
  return bytes.toString("utf8");
}
