import { existsSync } from "node:fs";
import { link, open, unlink } from "node:fs/promises";
import path from "node:path";
import { type DumpRecord, openDump } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { recordOnPlatform } from "@/lib/tenancy";
import { DATA_KEYS, STAYS_BEHIND, withOpenKeys } from "./data-keys";
import { writeFrames } from "./frames";
import { keyId, type Recipient } from "./identity";
import { sealStream } from "./sealed-stream";

export interface BackupTaken {
  bytes: number;
  tables: number;
  rows: number;
  /** Where tenants have tables of their own, beside the shared ones. */
  places: number;
}

export interface BackupOptions {
  ownerUrl: string;
  file: string;
  recipient: Recipient;
}

/**
 * Writes the whole installation, as it was at one moment, for the recipient alone. It is streamed: nothing lies anywhere in clear,
 * and the file has its name only when it is whole. That it was taken is on record before the first byte, and so in the backup.
 */
export async function takeBackup({ ownerUrl, file, recipient }: BackupOptions): Promise<BackupTaken> {
  if (existsSync(file))
    throw new AppError("conflict", `${file} is there already. A backup never replaces another one.`);
  await recordOnPlatform("BackupTaken", { key: keyId(recipient) });
  const counted = { tables: 0, rows: 0, places: -1 };
  const dump = await openDump({ ownerUrl, behind: STAYS_BEHIND, apart: [DATA_KEYS] });
  try {
    const manifest = { format: 1 as const, takenAt: new Date().toISOString(), migrations: dump.migrations };
    const frames = writeFrames(manifest, withOpenKeys(counting(dump.records(), counted)));
    const bytes = await writeBeside(file, sealStream(frames, recipient));
    return { ...counted, bytes };
  } finally {
    await dump.close();
  }
}

async function* counting(
  records: AsyncIterable<DumpRecord>,
  counted: Omit<BackupTaken, "bytes">,
): AsyncGenerator<DumpRecord> {
  for await (const record of records) {
    if (record.type === "place") counted.places++;
    else if (record.type === "table") counted.tables++;
    else if (record.type === "end") counted.rows += record.rows;
    yield record;
  }
}

async function writeBeside(file: string, source: AsyncIterable<Buffer>): Promise<number> {
  const draft = `${file}.${process.pid}.part`;
  const handle = await open(draft, "wx", 0o600);
  let bytes = 0;
  try {
    for await (const chunk of source) {
      await handle.writeFile(chunk);
      bytes += chunk.length;
    }
    await handle.sync();
    // Unlike a rename, a link never replaces what came there meanwhile.
    await link(draft, file);
  } finally {
    await handle.close();
    await unlink(draft);
  }
  const folder = await open(path.dirname(path.resolve(file)), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return bytes;
}
