import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startEmbeddedPostgres } from "./embedded-postgres";
import { isAlive } from "./postmaster";

interface Said {
  port: number;
  pid: number;
  adopted: boolean;
  ownerUrl: string;
}

const root = process.cwd();
// Inside the project, so that the bundle finds the packages that it leaves out.
const program = path.join(root, `node_modules/.cache/signalbox-supervisor-${process.pid}.mjs`);
let dataDir: string;
let stops: (() => unknown)[];

beforeAll(async () => {
  await build({
    entryPoints: [path.join(root, "lib/testing/supervisor-process.ts")],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    alias: { "server-only": path.join(root, "lib/testing/server-only.ts"), "@": root },
    logLevel: "error",
  });
});
afterAll(() => rmSync(program, { force: true }));

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "signalbox-adoption-"));
  chmodSync(dataDir, 0o755);
  stops = [];
});
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function supervise(user: { uid?: number; gid?: number } = {}): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, [program, dataDir, root], { ...user, stdio: ["ignore", "pipe", "inherit"] });
  stops.push(() => child.kill("SIGKILL"));
  if (!child.stdout) throw new Error("no output to read");
  for await (const line of createInterface({ input: child.stdout })) return { child, said: JSON.parse(line) as Said };
  throw new Error("the supervisor said nothing");
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

async function takeOver() {
  const server = await startEmbeddedPostgres({ dataDir, root });
  stops.push(() => server.stop());
  return server;
}

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client.query(sql).finally(() => client.end());
}

test("a server whose supervisor was killed is adopted, and stopped in the end", async () => {
  const { child, said } = await supervise();
  await query(said.ownerUrl, "CREATE TABLE kept AS SELECT 7 AS n");
  await kill(child);
  expect(isAlive(said.pid)).toBe(true);

  const server = await takeOver();
  expect(server).toMatchObject({ adopted: true, port: said.port });
  expect((await query(server.ownerUrl, "SELECT n FROM kept")).rows).toEqual([{ n: 7 }]);
  await server.stop();
  expect(isAlive(said.pid)).toBe(false);
});

test("when supervisor and server were killed together, the data comes back", async () => {
  const { child, said } = await supervise();
  await query(said.ownerUrl, "CREATE TABLE kept AS SELECT 7 AS n");
  await kill(child);
  process.kill(said.pid, "SIGKILL");

  const server = await takeOver();
  expect(server.adopted).toBe(false);
  expect((await query(server.ownerUrl, "SELECT n FROM kept")).rows).toEqual([{ n: 7 }]);
});

test("a server that hangs is replaced", async () => {
  const { child, said } = await supervise();
  await kill(child);
  process.kill(said.pid, "SIGSTOP");

  const server = await takeOver();
  expect(server.adopted).toBe(false);
  expect(isAlive(said.pid)).toBe(false);
  expect((await query(server.ownerUrl, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
}, 90_000);

test("a pid file that names somebody else's process is no reason to stop", async () => {
  const first = await takeOver();
  await first.stop();
  const lines = [process.pid, path.join(dataDir, "postgres"), 0, first.port, "", "127.0.0.1", "", "ready"];
  writeFileSync(path.join(dataDir, "postgres/postmaster.pid"), `${lines.join("\n")}\n`);

  const second = await takeOver();
  expect(second.adopted).toBe(false);
  expect((await query(second.ownerUrl, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

test.runIf(process.getuid?.() === 0)("runs as a normal user, and root takes such a server over", async () => {
  // `daemon`, on every Unix.
  const user = { uid: 1, gid: 1 };
  chownSync(dataDir, user.uid, user.gid);
  const { child, said } = await supervise(user);
  expect(statSync(path.join(dataDir, "postgres")).uid).toBe(user.uid);
  await kill(child);
  process.kill(said.pid, "SIGKILL");

  const server = await takeOver();
  expect((await query(server.ownerUrl, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  expect(statSync(path.join(dataDir, "postgres/postmaster.pid")).uid).toBe(user.uid);
});
