import { type SpawnOptions, spawnSync } from "node:child_process";
import { chownSync, existsSync, statSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/errors";

const NOBODY = 65_534;

/** How a program of PostgreSQL is started here: it refuses to run as root. */
export interface Identity {
  uid?: number;
  gid?: number;
  /** Put before the program, for instance `unshare …`. */
  prefix: string[];
}

/** What `spawn` gets. In `/`, because the user that PostgreSQL runs as may not see the current folder. */
export function spawnArguments(identity: Identity, program: string, args: string[]): [string, string[], SpawnOptions] {
  const [command = program, ...rest] = [...identity.prefix, program, ...args];
  const user = identity.uid === undefined ? {} : { uid: identity.uid, gid: identity.gid };
  return [command, rest, { ...user, cwd: "/" }];
}

/**
 * Whom PostgreSQL runs as. A normal user: itself. Root: the owner of the data, or nobody when `folder` is new. Where nobody
 * cannot reach it or the programs (a home of mode 0700), a user namespace in which root's files belong to nobody.
 */
export function chooseIdentity(folder: string, program: string): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const cluster = existsSync(path.join(folder, "PG_VERSION"));
  const { uid, gid } = cluster ? statSync(folder) : { uid: NOBODY, gid: NOBODY };
  if (uid !== 0 && reaches(uid, gid, cluster ? folder : path.dirname(folder), program)) return { uid, gid, prefix: [] };
  return namespaced(folder);
}

function reaches(uid: number, gid: number, folder: string, program: string): boolean {
  const test = '[ -x "$0" ] && [ -r "$0" ] && [ -x "$1" ] && "$0" --version >/dev/null';
  return spawnSync("/bin/sh", ["-c", test, program, folder], { uid, gid, cwd: "/", stdio: "ignore" }).status === 0;
}

function namespaced(folder: string): Identity {
  const prefix = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  const [command = "", ...args] = prefix;
  if (spawnSync(command, [...args, "true"], { cwd: "/", stdio: "ignore" }).status === 0) return { prefix };
  throw new AppError(
    "not_ready",
    `PostgreSQL does not run as root, other users cannot reach ${folder}, and user namespaces are not allowed here. ` +
      "Start as a normal user, put DATA_DIR where others may enter, or set DATABASE_URL.",
  );
}

export function giveTo(identity: Identity, ...files: string[]): void {
  const { uid, gid } = identity;
  if (uid !== undefined && gid !== undefined) for (const file of files) chownSync(file, uid, gid);
}
