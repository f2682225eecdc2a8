import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { type Identity, spawnArguments } from "./identity";

const LOG_LIMIT = 8 * 1024 * 1024;

/** What `postmaster.pid` says. */
export interface PidFile {
  pid: number;
  port: number;
  ready: boolean;
}

export function readPidFile(folder: string): PidFile | null {
  let lines: string[];
  try {
    lines = readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" } : null;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return !isZombie(pid);
}

// An orphan that nobody reaps (a container whose first process is no init) still takes signals, but it is dead.
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Whether the process is a PostgreSQL server: after a restart of a container the number may be somebody else's. */
export function isPostmaster(pid: number, folder: string): boolean {
  if (process.platform === "win32") return isAlive(pid);
  const { stdout } = spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  const command = stdout || commandOf(pid);
  return command.includes("postgres") && command.includes(folder);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

export function forgetPidFile(folder: string): void {
  rmSync(path.join(folder, "postmaster.pid"), { force: true });
}

export interface LaunchOptions {
  folder: string;
  bin: string;
  identity: Identity;
  port: number;
  logFile: string;
  /** For tests: the data need not survive a power cut. */
  volatile: boolean;
}

/** Starts the server and waits until it accepts connections. It has a process group of its own: Ctrl-C is not for it. */
export async function launch(options: LaunchOptions): Promise<ChildProcess> {
  const { folder, bin, identity, port, logFile, volatile } = options;
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "shared_buffers=64MB",
    "max_connections=60",
    "password_encryption=scram-sha-256",
    "timezone=UTC",
    "log_timezone=UTC",
    ...(volatile ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : []),
  ].flatMap((setting) => ["-c", setting]);
  const [command, args, spawnOptions] = spawnArguments(identity, path.join(bin, "postgres"), [
    "-D",
    folder,
    "-p",
    String(port),
    ...settings,
  ]);
  const grown = (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT;
  const log = openSync(logFile, grown ? "w" : "a", 0o600);
  const from = grown ? 0 : statSync(logFile).size;
  const child = spawn(command, args, { ...spawnOptions, detached: true, stdio: ["ignore", "ignore", log] });
  closeSync(log);
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  child.unref();
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(15)) {
    const file = readPidFile(folder);
    if (file?.pid === child.pid && file?.ready) return child;
    if (failure || child.exitCode !== null || child.signalCode !== null) break;
  }
  child.kill("SIGQUIT");
  const said = readFileSync(logFile, "utf8").slice(from).trim() || String(failure ?? "it said nothing");
  throw new AppError("not_ready", `PostgreSQL did not start: ${said.slice(-2000)}`, {
    inUse: /already in use/.test(said),
  });
}

/** A fast shutdown; an immediate one when that takes too long; at last a kill. The data survives each of them. */
export async function shutDown(pid: number): Promise<void> {
  if (await signal(pid, "SIGINT", 15_000)) return;
  await abort(pid);
}

/** For a server that does not answer any more. */
export async function abort(pid: number): Promise<void> {
  if (await signal(pid, "SIGQUIT", 2_000)) return;
  await signal(pid, "SIGKILL", 5_000);
}

async function signal(pid: number, name: NodeJS.Signals, withinMs: number): Promise<boolean> {
  try {
    if (isAlive(pid)) process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
  for (const deadline = Date.now() + withinMs; isAlive(pid); await sleep(20)) if (Date.now() > deadline) return false;
  return true;
}
