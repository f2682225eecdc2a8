import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres";
import { isAlive } from "./postmaster";

let dataDir: string;
let servers: EmbeddedPostgres[];

const start = async () => {
  const server = await startEmbeddedPostgres({ dataDir, root: process.cwd() });
  servers.push(server);
  return server;
};

const query = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "signalbox-embedded-"));
  chmodSync(dataDir, 0o755);
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test("starts with passwords everywhere, below the ephemeral ports, and keeps its data", async () => {
  const first = await start();
  expect(first.port).toBeLessThan(32_768);
  expect(first.adopted).toBe(false);
  const rules = readFileSync(path.join(dataDir, "postgres/pg_hba.conf"), "utf8").replace(/^#.*$/gm, "");
  expect(rules).toContain("scram-sha-256");
  expect(rules).not.toContain("trust");
  expect(statSync(path.join(dataDir, "postgres-passwords.json")).mode & 0o777).toBe(0o600);
  expect(statSync(path.join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
  await expect(query(first.appUrl.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow(/password/);

  await query(first.ownerUrl, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
  const [role] = await query(first.appUrl, "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user");
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false });
  await expect(query(first.appUrl, "SELECT * FROM kept")).rejects.toThrow(/permission denied/);
  await first.stop();
  expect(isAlive(first.pid())).toBe(false);

  const second = await start();
  expect(await query(second.ownerUrl, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
});

test("comes back on its port after kill -9, with everything that was committed", async () => {
  const server = await start();
  await query(server.ownerUrl, "CREATE TABLE kept (n int)");
  await query(server.ownerUrl, "INSERT INTO kept SELECT generate_series(1, 500)");
  const killed = server.pid();
  process.kill(killed, "SIGKILL");
  await expect
    .poll(() => query(server.ownerUrl, "SELECT count(*)::int AS n FROM kept").catch(() => null), { timeout: 20_000 })
    .toEqual([{ n: 500 }]);
  expect(server.pid()).not.toBe(killed);
});

test("a second supervisor on the same folder is refused and leaves the first alone", async () => {
  const server = await start();
  await expect(start()).rejects.toThrow(/Another signalbox/);
  expect(await query(server.appUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

const namespaces = spawnSync("unshare", ["--user", "true"]).status === 0;

test.runIf(process.getuid?.() === 0 && namespaces)("runs below a home that only root may enter", async () => {
  const home = path.join(dataDir, "home");
  mkdirSync(home, { mode: 0o700 });
  const server = await startEmbeddedPostgres({ dataDir: path.join(home, "data"), root: process.cwd() });
  servers.push(server);
  expect(await query(server.appUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(statSync(path.join(home, "data/postgres")).uid).toBe(0);
});
