import { createReadStream } from "node:fs";
import { verifyLog } from "@/lib/audit";
import { type Ask, type DumpRecord, type Restored, restoreDump, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { checkKey } from "@/lib/secrets";
import { allTenants, PLATFORM_LOG, recordOnPlatform } from "@/lib/tenancy";
import { STAYS_BEHIND, withWrappedKeys } from "./data-keys";
import { type Manifest, readFrames } from "./frames";
import { type Identity, keyId, recipientOf } from "./identity";
import { openStream } from "./sealed-stream";

export interface RestoreOptions {
  ownerUrl: string;
  /** This program's. */
  migrations: string;
  file: string;
  identity: Identity;
  /** What must hold from the first moment on that anybody can see these rows. */
  settled?(ask: Ask): Promise<unknown>;
}

export interface BackupRestored extends Restored {
  takenAt: string;
  /** Of each log, where it ends and how many problems it has: those it had when the backup was taken. */
  logs: { slug: string; events: number; head: string; problems: number }[];
}

const contents = (file: string, identity: Identity) => readFrames(openStream(createReadStream(file), identity));

/** Reads the file to its end and writes nothing: throws for a byte that is wrong, or another identity. */
export async function checkBackup(file: string, identity: Identity): Promise<Manifest> {
  let manifest: Manifest | undefined;
  for await (const record of contents(file, identity)) if ("format" in record) manifest = record;
  if (!manifest) throw new AppError("invalid_input", "This backup is not whole.");
  return manifest;
}

export async function* recordsOf(file: string, identity: Identity): AsyncGenerator<DumpRecord> {
  for await (const record of contents(file, identity)) if (!("format" in record)) yield record;
}

/** Brings a backup back into an empty installation, whose own key its secrets are under then, and verifies the logs. */
export async function restoreBackup({ file, identity, ...options }: RestoreOptions): Promise<BackupRestored> {
  const manifest = await checkBackup(file, identity);
  const restored = await restoreDump({
    ...options,
    level: manifest.migrations,
    behind: STAYS_BEHIND,
    // The installation's own key, made now unless it is there.
    ready: checkKey,
    records: () => withWrappedKeys(recordsOf(file, identity)),
  });
  await recordOnPlatform("BackupRestored", { key: keyId(recipientOf(identity)), takenAt: manifest.takenAt });
  return { ...restored, takenAt: manifest.takenAt, logs: await verifyLogs() };
}

async function verifyLogs(): Promise<BackupRestored["logs"]> {
  const logs: BackupRestored["logs"] = [];
  for (const { id, slug } of [{ id: PLATFORM_LOG, slug: "platform" }, ...(await allTenants())]) {
    const { events, head, problems } = await withTenant(id, (tx) => verifyLog(tx, id), {
      timeout: 600_000,
      isolation: "RepeatableRead",
    });
    logs.push({ slug, events, head, problems: problems.length });
  }
  return logs;
}
