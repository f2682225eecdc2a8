import { chmodSync, existsSync, mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { AppError } from "@/lib/errors";
import { freePort } from "../free-port";
import { nativeFolder } from "./binaries";
import { clusterExists, createCluster } from "./cluster";
import { chooseIdentity } from "./identity";
import { type Passwords, readPasswords } from "./passwords";
import {
  abort,
  forgetPidFile,
  isAlive,
  isPostmaster,
  type LaunchOptions,
  launch,
  readPidFile,
  shutDown,
} from "./postmaster";
import { DATABASE, provision } from "./provision";

// Held by the process that supervises this cluster; PostgreSQL lets go of it when that process dies, however it dies.
const SUPERVISOR_LOCK = 72_707_368;

export interface EmbeddedOptions {
  dataDir: string;
  /** The folder of the program: its node_modules hold PostgreSQL. */
  root: string;
  volatile?: boolean;
  /** Told what happened to the server after it was started. */
  report?: (event: "restarted" | "lost", detail: string) => void;
}

export interface EmbeddedPostgres {
  port: number;
  /** Whether the server was left running by a supervisor that was killed. */
  adopted: boolean;
  superuserUrl: string;
  ownerUrl: string;
  appUrl: string;
  pid(): number;
  stop(): Promise<void>;
}

interface Running {
  port: number;
  pid: number;
  adopted: boolean;
}

/** Starts the PostgreSQL of `dataDir`, or takes over the one that serves it already, and keeps it running until `stop`. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const folder = path.join(dataDir, "postgres");
  const bin = path.join(nativeFolder(options.root), "bin");
  const identity = chooseIdentity(folder, path.join(bin, "postgres"));
  const passwords = readPasswords(path.join(dataDir, "postgres-passwords.json"), clusterExists(folder));
  if (!clusterExists(folder)) createCluster(folder, bin, identity, passwords.superuser);
  if (existsSync(folder)) chmodSync(folder, 0o700);

  const logFile = path.join(dataDir, "postgres.log");
  const start = { folder, bin, identity, logFile, volatile: options.volatile ?? false };
  let running = await adoptOrLaunch(start, passwords);
  let keeper = await keep(running.port, passwords);
  await provision(keeper, passwords);

  let stopping = false;
  const guard = (client: pg.Client) => {
    client.once("end", () => {
      if (!stopping) void restart();
    });
  };
  // Clients know the port, so the server comes back on the same one.
  const restart = async () => {
    try {
      options.report?.("lost", "the server went away");
      running = await adoptOrLaunch(start, passwords, running.port);
      keeper = await keep(running.port, passwords);
      guard(keeper);
      options.report?.("restarted", `pid ${running.pid}`);
    } catch (error) {
      options.report?.("lost", String(error));
    }
  };
  guard(keeper);

  return {
    port: running.port,
    adopted: running.adopted,
    superuserUrl: urlOf(running.port, "postgres", passwords.superuser, "postgres"),
    ownerUrl: urlOf(running.port, "signalbox_owner", passwords.owner),
    appUrl: urlOf(running.port, "signalbox_app", passwords.app),
    pid: () => running.pid,
    stop: async () => {
      stopping = true;
      await keeper.end().catch(() => undefined);
      await shutDown(running.pid);
    },
  };
}

function urlOf(port: number, role: string, password: string, database = DATABASE): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}

async function keep(port: number, passwords: Passwords): Promise<pg.Client> {
  const connectionString = urlOf(port, "postgres", passwords.superuser, "postgres");
  const client = new pg.Client({ connectionString, keepAlive: true, application_name: "signalbox supervisor" });
  // A server that dies during these first queries rejects them; without a listener it would end this process too.
  client.on("error", () => undefined);
  await client.connect();
  // A moment of patience: the session of a supervisor killed just now may still be closing.
  for (let attempt = 0; attempt < 20; attempt++) {
    const { rows } = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [SUPERVISOR_LOCK]);
    if (rows[0]?.got) return client;
    await sleep(100);
  }
  await client.end();
  throw new AppError("conflict", "Another signalbox runs on this data folder. Stop it, or set another DATA_DIR.");
}

async function adoptOrLaunch(
  start: Omit<LaunchOptions, "port">,
  passwords: Passwords,
  wantedPort?: number,
): Promise<Running> {
  let failure: unknown;
  for (let attempt = 0; attempt < 20; attempt++) {
    const adopted = await adopt(start.folder, passwords);
    if (adopted) return adopted;
    const port = wantedPort ?? (await freePort());
    try {
      const child = await launch({ ...start, port });
      return { port, pid: child.pid ?? 0, adopted: false };
    } catch (error) {
      // The port was taken meanwhile, or processes of a killed server are still leaving.
      failure = error;
      await sleep(250);
    }
  }
  throw failure;
}

/** The server that already serves this folder, if it answers to our password; one that does not is ended. */
async function adopt(folder: string, passwords: Passwords): Promise<Running | null> {
  const left = readPidFile(folder);
  if (!left) return null;
  if (!isAlive(left.pid) || !isPostmaster(left.pid, folder)) {
    forgetPidFile(folder);
    return null;
  }
  // One that says it is ready answers at once; one that recovers from a crash may need a while to become it.
  const began = Date.now();
  for (let waited = 0; waited < (readPidFile(folder)?.ready ? 3_000 : 60_000); waited = Date.now() - began) {
    if (!isAlive(left.pid)) break;
    if (await serves(left.port, folder, passwords)) return { port: left.port, pid: left.pid, adopted: true };
    await sleep(100);
  }
  await abort(left.pid);
  return null;
}

async function serves(port: number, folder: string, passwords: Passwords): Promise<boolean> {
  const connectionString = urlOf(port, "postgres", passwords.superuser, "postgres");
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return rows[0]?.data_directory === folder;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
