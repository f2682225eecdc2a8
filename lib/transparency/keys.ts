import { randomBytes } from "node:crypto";
import { newSigningKey, signerOf } from "@/lib/audit";
import {
  ED25519,
  formatNote,
  labelOf,
  MLDSA44_COSIGNATURE,
  type NoteSigner,
  signTreeHead,
  type VerifierKey,
  verifierKey,
} from "@/lib/audit/proofs/contract";
import { type Transaction, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openText, sealText } from "@/lib/secrets";
import { PLATFORM_LOG, publicUrl, recordWith } from "@/lib/tenancy";

/** Both sign: the one because everything verifies it, the other because no quantum computer forges it. */
const TYPES = [ED25519, MLDSA44_COSIGNATURE] as const;
type LogKeyType = (typeof TYPES)[number];

/** A key of each kind, made at once. */
interface KeyPair {
  madeAt: Date;
  keys: { type: LogKeyType; publicKey: Uint8Array; privateKey?: Uint8Array }[];
}

interface InstallationKeys {
  /** What the names of this installation's logs begin with. It never changes, whatever the address becomes. */
  host: string;
  /** The newest first. */
  pairs: KeyPair[];
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

/** The next who asks reads them anew. */
export function forgetKeys(): void {
  kept = undefined;
}

export async function lockKeys(tx: Transaction): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('checkpoint keys', 0))::text AS locked`;
}

const stored = (tx: Transaction) =>
  tx.checkpointKey.findMany({ where: { tenantId: PLATFORM_LOG }, orderBy: [{ type: "asc" }, { madeAt: "desc" }] });

type StoredKey = Awaited<ReturnType<typeof stored>>[number];

async function readKeys(tx: Transaction): Promise<InstallationKeys> {
  await lockKeys(tx);
  let rows = await stored(tx);
  if (rows.length === 0) {
    await makeKeys(tx, `${new URL(publicUrl("/")).host}/${randomBytes(4).toString("hex")}`);
    rows = await stored(tx);
  }
  const pairs: KeyPair[] = [];
  for (const pair of pairsOf(rows)) pairs.push(await openPair(tx, pair));
  return { host: rows[0]?.host ?? "", pairs };
}

async function openPair(tx: Transaction, rows: readonly StoredKey[]): Promise<KeyPair> {
  const keys: KeyPair["keys"] = [];
  for (const row of rows) {
    const type = TYPES.find((candidate) => candidate === row.type) ?? ED25519;
    const publicKey = Uint8Array.from(row.publicKey);
    if (row.privateKey.length === 0) keys.push({ type, publicKey });
    else {
      const opened = await openText(tx, PLATFORM_LOG, purposeOf(type), row.privateKey);
      keys.push({ type, publicKey, privateKey: Buffer.from(opened, "base64") });
    }
  }
  return { madeAt: rows[0]?.madeAt ?? new Date(0), keys };
}

/** The newest of each kind, then those before. */
function pairsOf<Row extends Pick<StoredKey, "type">>(rows: readonly Row[]): Row[][] {
  const byType = TYPES.map((type) => rows.filter((row) => row.type === type));
  const most = Math.max(...byType.map(({ length }) => length));
  return Array.from({ length: most }, (_, index) => byType.flatMap((keys) => keys.slice(index, index + 1)));
}

const purposeOf = (type: LogKeyType) => `checkpoint key ${type}`;

/** A new key of each kind, and an event of it. `lockKeys` was asked before. */
export async function makeKeys(
  tx: Transaction,
  host: string,
  by: Parameters<typeof recordWith>[3] = {},
): Promise<void> {
  const madeAt = new Date();
  const labels: string[] = [];
  for (const type of TYPES) {
    const made = newSigningKey(type);
    const { key } = signerOf(originOf(host, PLATFORM_LOG), type, made);
    labels.push(labelOf(key));
    const privateKey = Uint8Array.from(await sealText(tx, PLATFORM_LOG, purposeOf(type), made.toString("base64")));
    const publicKey = Uint8Array.from(key.publicKey);
    await tx.checkpointKey.create({ data: { tenantId: PLATFORM_LOG, type, madeAt, host, publicKey, privateKey } });
  }
  await recordWith(tx, "CheckpointKeysMade", { keys: labels }, by);
}

const originOf = (host: string, tenantId: string) => `${host}/${tenantId === PLATFORM_LOG ? "installation" : tenantId}`;

export interface PublishedPair {
  madeAt: Date;
  host: string;
  keys: VerifierKey[];
  /** Whether it can sign: of those that were replaced the private halves are destroyed. */
  signs: boolean;
}

/** The installation's keys in the name of a log, the newest first; none before the first checkpoint. Opens no private key. */
export async function publishedPairs(tenantId: string): Promise<PublishedPair[]> {
  const rows = await withTenant(PLATFORM_LOG, stored);
  return pairsOf(rows).map((pair) => ({
    madeAt: pair[0]?.madeAt ?? new Date(0),
    host: pair[0]?.host ?? "",
    keys: pair.flatMap(({ type, host, publicKey }) => {
      const known = TYPES.find((candidate) => candidate === type);
      return known ? [verifierKey(originOf(host, tenantId), known, Uint8Array.from(publicKey))] : [];
    }),
    signs: pair.every(({ privateKey }) => privateKey.length > 0),
  }));
}

/** A pair of keys in the name of one log. */
export interface LogPair {
  madeAt: Date;
  keys: VerifierKey[];
  /** What its private halves belong to, whatever the table says of their public ones. */
  announced(): VerifierKey[];
  /** A note with this text, signed by both. */
  sign(text: string): string;
}

/** Who signs this tenant's log, the newest pair first. The name of a log holds the tenant's id, so that a witness learns no name. */
export async function signingKeys(tenantId: string): Promise<{ origin: string; pairs: LogPair[] }> {
  const { host, pairs } = await installationKeys();
  const origin = originOf(host, tenantId);
  return { origin, pairs: pairs.map((pair) => logPair(origin, pair)) };
}

function logPair(origin: string, { madeAt, keys }: KeyPair): LogPair {
  const signers = () =>
    keys.map(({ type, privateKey }): NoteSigner => {
      if (!privateKey) throw new AppError("not_ready", `The keys that signed ${origin} were destroyed.`);
      return signerOf(origin, type, privateKey);
    });
  return {
    madeAt,
    keys: keys.map(({ type, publicKey }) => verifierKey(origin, type, publicKey)),
    announced: () => signers().map(({ key }) => key),
    sign: (text) => formatNote({ text, signatures: signTreeHead(text, signers(), new Date()) }),
  };
}
