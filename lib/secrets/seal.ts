import { randomBytes, randomUUID } from "node:crypto";
import { parseSecretRef, type SecretRef, secretRef } from "@/lib/alertmanager/config/secret-ref";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { decrypt, encrypt } from "./aead";
import { bindKey, dataKeyLabel } from "./key-file";
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

/** Opens the tenant's data key, making it at the first use. */
export async function dataKey(tx: Transaction, tenantId: string): Promise<Buffer> {
  const master = await bindKey(tx);
  const label = dataKeyLabel(tenantId);
  const known = await tx.dataKey.findUnique({ where: { tenantId } });
  if (known) return decrypt(master, known.wrapped, label);
  const wrapped = encrypt(master, randomBytes(32), label);
  await tx.$executeRaw`
    INSERT INTO data_keys (tenant_id, wrapped) VALUES (${tenantId}::uuid, ${wrapped}) ON CONFLICT DO NOTHING`;
  const stored = await tx.dataKey.findUniqueOrThrow({ where: { tenantId } });
  return decrypt(master, stored.wrapped, label);
}

/** Seals a value as a new secret, or as the next version of `secretId`. Older versions stay: revisions pin them. */
export async function seal(
  tx: Transaction,
  owner: Owner,
  { value, kind, secretId }: { value: string; kind: SecretKind; secretId?: string },
  now = new Date(),
): Promise<Sealed> {
  const { tenantId } = owner;
  const key = await dataKey(tx, tenantId);
  const id = secretId ?? randomUUID();
  const version = secretId ? await nextVersion(tx, tenantId, secretId) : 1;
  const facts = recordFacts(kind, value);
  await tx.secretVersion.create({
    data: {
      tenantId,
      secretId: id,
      version,
      sealed: encrypt(key, Buffer.from(value, "utf8"), context(tenantId, id, version)),
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
  const key = await dataKey(tx, tenantId);
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
    opened[ref] = decrypt(key, row.sealed, context(tenantId, parts.id, parts.version)).toString("utf8");
  }
  return opened;
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
  return encrypt(await dataKey(tx, tenantId), Buffer.from(text, "utf8"), `${tenantId}|${purpose}`);
}

export async function openText(
  tx: Transaction,
  tenantId: string,
  purpose: string,
  sealed: Uint8Array,
): Promise<string> {
  return decrypt(await dataKey(tx, tenantId), sealed, `${tenantId}|${purpose}`).toString("utf8");
}
