import { type SpawnOptions, spawnSync } from "node:child_process";
import { chownSync, existsSync, statSync } from "node:fs";
import { userInfo } from "node:os";
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
 * cannot reach it or the programs (a home of mode 0700), a user namespace in which root's files belong to nobody. Likewise
 * for a user whose number has no name (some containers), which initdb refuses.
 */
export function chooseIdentity(folder: string, program: string): Identity {
  if (process.platform === "win32" || (process.getuid?.() !== 0 && hasName())) return { prefix: [] };
  if (process.getuid?.() !== 0) return namespaced("this user has no name (see /etc/passwd)");
  const cluster = existsSync(path.join(/*turbopackIgnore: true*/ folder, "PG_VERSION"));
  const { uid, gid } = cluster ? statSync(/*turbopackIgnore: true*/ folder) : { uid: NOBODY, gid: NOBODY };
  if (uid !== 0 && reaches(uid, gid, cluster ? folder : path.dirname(folder), program)) return { uid, gid, prefix: [] };
  return namespaced(`PostgreSQL does not run as root, and other users cannot reach ${folder}`);
}

function hasName(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

function reaches(uid: number, gid: number, folder: string, program: string): boolean {
  const test = '[ -x "$0" ] && [ -r "$0" ] && [ -x "$1" ] && "$0" --version >/dev/null';
  return spawnSync("/bin/sh", ["-c", test, program, folder], { uid, gid, cwd: "/", stdio: "ignore" }).status === 0;
}

function namespaced(reason: string): Identity {
  const prefix = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  const [command = "", ...args] = prefix;
  if (spawnSync(/*turbopackIgnore: true*/ command, [...args, "true"], { cwd: "/", stdio: "ignore" }).status === 0)
    return { prefix };
  const advice = "Start as a normal user, put DATA_DIR where others may enter, or set DATABASE_URL.";
  throw new AppError("not_ready", `${reason}, and user namespaces are not allowed here. ${advice}`);
}

export function giveTo(identity: Identity, ...files: string[]): void {
  const { uid, gid } = identity;
  if (uid !== undefined && gid !== undefined) for (const file of files) chownSync(file, uid, gid);
}
