import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { giveTo, type Identity, spawnArguments } from "./identity";

/** Makes the data folder. Done beside it and renamed, so a kill in between leaves nothing that looks like a database. */
export function createCluster(folder: string, bin: string, identity: Identity, password: string): void {
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  chmodSync(unfinished, 0o700);
  // Not beside the data: the user that PostgreSQL runs as need not be able to write there.
  const scratch = mkdtempSync(path.join(tmpdir(), "signalbox-initdb-"));
  const passwordFile = path.join(scratch, "password");
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(identity, unfinished, scratch, passwordFile);
    const args = ["-D", unfinished, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const [command, all, options] = spawnArguments(identity, path.join(bin, "initdb"), [
      ...args,
      "--encoding=UTF8",
      "--locale=C",
      "--data-checksums",
      "--no-instructions",
    ]);
    const result = spawnSync(command, all, { ...options, stdio: "pipe", encoding: "utf8" });
    if (result.status !== 0) {
      throw new AppError("not_ready", `initdb failed: ${result.stderr || String(result.error)}`);
    }
    renameSync(unfinished, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

export function clusterExists(folder: string): boolean {
  return existsSync(path.join(folder, "PG_VERSION"));
}
