import { randomBytes } from "node:crypto";
import { type LogSigner, newSigningKey, signerOf } from "@/lib/audit";
import {
  ED25519,
  formatNote,
  MLDSA44_COSIGNATURE,
  type NoteSigner,
  signTreeHead,
  type VerifierKey,
  verifierKey,
} from "@/lib/audit/proofs/contract";
import { type Transaction, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { openText, sealText } from "@/lib/secrets";
import { PLATFORM_LOG, publicUrl } from "@/lib/tenancy";

/** Both sign: the one because everything verifies it, the other because no quantum computer forges it. */
const TYPES = [ED25519, MLDSA44_COSIGNATURE] as const;
type LogKeyType = (typeof TYPES)[number];

interface InstallationKey {
  type: LogKeyType;
  publicKey: Uint8Array;
  privateKey: Uint8Array;
}

interface InstallationKeys {
  /** What the names of this installation's logs begin with. It never changes, whatever the address becomes. */
  host: string;
  /** The newest of each kind first. */
  keys: InstallationKey[];
}

const KEPT_MS = 300_000;
let kept: { database: string | undefined; at: number; keys: Promise<InstallationKeys> } | undefined;

/** Reads the installation's keys, and makes them when there are none. Opened keys stay in memory for five minutes. */
function installationKeys(): Promise<InstallationKeys> {
  const database = env().DATABASE_URL;
  if (kept && kept.database === database && Date.now() - kept.at < KEPT_MS) return kept.keys;
  const keys = withTenant(PLATFORM_LOG, readKeys);
  kept = { database, at: Date.now(), keys };
  keys.catch(() => {
    kept = undefined;
  });
  return keys;
}

async function readKeys(tx: Transaction): Promise<InstallationKeys> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('checkpoint keys', 0))::text AS locked`;
  const stored = () => tx.checkpointKey.findMany({ where: { tenantId: PLATFORM_LOG }, orderBy: { madeAt: "desc" } });
  let rows = await stored();
  if (rows.length === 0) {
    const host = `${new URL(publicUrl("/")).host}/${randomBytes(4).toString("hex")}`;
    for (const type of TYPES) await makeKey(tx, host, type);
    rows = await stored();
  }
  const keys: InstallationKey[] = [];
  for (const type of TYPES) {
    for (const row of rows.filter((candidate) => candidate.type === type)) {
      const opened = await openText(tx, PLATFORM_LOG, purposeOf(type), row.privateKey);
      keys.push({ type, publicKey: Uint8Array.from(row.publicKey), privateKey: Buffer.from(opened, "base64") });
    }
  }
  return { host: rows[0]?.host ?? "", keys };
}

const purposeOf = (type: LogKeyType) => `checkpoint key ${type}`;

async function makeKey(tx: Transaction, host: string, type: LogKeyType): Promise<void> {
  const made = newSigningKey(type);
  const { key } = signerOf(host, type, made);
  const privateKey = await sealText(tx, PLATFORM_LOG, purposeOf(type), made.toString("base64"));
  await tx.checkpointKey.create({
    data: {
      tenantId: PLATFORM_LOG,
      type,
      madeAt: new Date(),
      host,
      publicKey: Uint8Array.from(key.publicKey),
      privateKey: Uint8Array.from(privateKey),
    },
  });
}

const originOf = (host: string, tenantId: string) => `${host}/${tenantId === PLATFORM_LOG ? "installation" : tenantId}`;

/** By which keys this tenant's log is signed, now and formerly; none before its first checkpoint. Opens no private key. */
export async function logVerifiers(tenantId: string): Promise<VerifierKey[]> {
  const rows = await withTenant(PLATFORM_LOG, (tx) =>
    tx.checkpointKey.findMany({
      where: { tenantId: PLATFORM_LOG },
      orderBy: [{ type: "asc" }, { madeAt: "desc" }],
      select: { type: true, host: true, publicKey: true },
    }),
  );
  return rows.flatMap(({ type, host, publicKey }) => {
    const known = TYPES.find((candidate) => candidate === type);
    return known ? [verifierKey(originOf(host, tenantId), known, Uint8Array.from(publicKey))] : [];
  });
}

/** Who signs this tenant's log. The name of a log holds the tenant's id, so that a witness learns no customer's name. */
export async function logSigner(tenantId: string): Promise<LogSigner> {
  const { host, keys } = await installationKeys();
  const origin = originOf(host, tenantId);
  const newest = TYPES.flatMap((type): NoteSigner[] => {
    const key = keys.find((candidate) => candidate.type === type);
    return key ? [signerOf(origin, type, key.privateKey)] : [];
  });
  return {
    origin,
    keys: keys.map(({ type, publicKey }) => verifierKey(origin, type, publicKey)),
    sign: (text) => formatNote({ text, signatures: signTreeHead(text, newest, new Date()) }),
  };
}
