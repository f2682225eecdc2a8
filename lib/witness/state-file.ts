import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import type { SeenLog } from "./judge";

const stateSchema = z.record(
  z.string(),
  z.strictObject({
    ...{ size: z.number().int().min(0), root: z.string(), note: z.string() },
    keys: z.array(z.string()).optional(),
  }),
);

/**
 * What the witness saw of each log, in one small file. It is written beside and moved into its place, each on the disk before the
 * next: after a kill it is the old one or the new one. Only one process may have it.
 */
export class StateFile {
  readonly #file: string;
  readonly #lock: string;
  readonly #seen: Map<string, SeenLog>;

  constructor(file: string) {
    this.#file = path.resolve(file);
    this.#lock = `${this.#file}.lock`;
    takeLock(this.#lock);
    try {
      this.#seen = new Map(Object.entries(readState(this.#file)));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  seen(origin: string): SeenLog | undefined {
    return this.#seen.get(origin);
  }

  entries(): [string, SeenLog][] {
    return [...this.#seen];
  }

  /** Returns when it is on the disk; synchronous, so that nobody is answered in between. */
  keep(origin: string, seen: SeenLog): void {
    const next = Object.fromEntries([...this.#seen, [origin, seen]]);
    const beside = `${this.#file}.new`;
    writeDurably(beside, `${JSON.stringify(next, null, 1)}\n`);
    failpoint("witness.written");
    renameSync(beside, this.#file);
    syncFolder(path.dirname(this.#file));
    failpoint("witness.moved");
    this.#seen.set(origin, seen);
  }

  close(): void {
    rmSync(this.#lock, { force: true });
  }
}

function readState(file: string): Record<string, SeenLog> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
  // A witness that forgets would vouch for any log: better none than an empty memory.
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError("not_ready", `${file} cannot be read. Bring it back from a backup.`, {}, { cause });
  }
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, "w", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Of a process that was killed the lock stays: it counts only while that process lives. */
function takeLock(file: string): void {
  for (let tries = 1; ; tries++) {
    try {
      const handle = openSync(file, "wx", 0o600);
      writeSync(handle, `${process.pid}`);
      closeSync(handle);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || tries === 3) throw error;
      const owner = Number(readFileSync(file, "utf8"));
      if (owner !== process.pid && isAlive(owner)) {
        throw new AppError("in_use", `Another witness (process ${owner}) has ${file.slice(0, -".lock".length)}.`);
      }
      rmSync(file, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid > 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
