import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { freePort } from "@/lib/database";
import { selfSigned } from "@/lib/testing/certificate";
import { startTestDatabase } from "@/lib/testing/database";

interface Given {
  pid: number;
  role: string;
  owner: string | null;
  dataDir: string;
  url: string;
  secret: string;
}

const project = process.cwd();
let root: string;
let dataDir: string;
let port: number;
let running: ChildProcess[] = [];

// A program folder as after `npm run build`, but for the app itself: the supervisor does not care what it supervises.
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "signalbox-start-"));
  chmodSync(root, 0o755);
  dataDir = path.join(root, "data");
  port = await freePort();
  mkdirSync(path.join(root, ".next/standalone"), { recursive: true });
  for (const name of ["node_modules", "prisma", "package.json"])
    symlinkSync(path.join(project, name), path.join(root, name));
  cpSync(path.join(project, "lib/testing/stand-in-app.mjs"), path.join(root, ".next/standalone/server.js"));
  execFileSync(process.execPath, ["lib/cli/bundle.mjs", root], { cwd: project, stdio: "inherit" });
});
afterEach(async () => {
  for (const child of running) await stop(child, "SIGTERM");
  running = [];
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function environment(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _app, MIGRATE_DATABASE_URL: _owner, ...rest } = process.env;
  return { ...rest, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "warn", NODE_ENV: "production" };
}

/** Starts the command and waits for what it says when it is ready. */
async function start(
  more: Record<string, string> = {},
  ...args: string[]
): Promise<{ child: ChildProcess; said: string }> {
  const env = { ...environment(), ...more };
  const command = [path.join(root, "dist/signalbox.mjs"), "start", ...args];
  const child = spawn(process.execPath, command, { env, cwd: root });
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      said += chunk;
    });
  }
  await expect.poll(() => said + (child.exitCode ?? ""), { timeout: 90_000 }).toMatch(/Ctrl-C stops it|\d$/);
  return { child, said };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
  return child.exitCode;
}

const ask = async (): Promise<Given> => (await fetch(`http://127.0.0.1:${port}/readyz`)).json() as Promise<Given>;
const answers = () =>
  ask().then(
    () => true,
    () => false,
  );
const pidFile = () => path.join(dataDir, "postgres/postmaster.pid");

test("starts everything, hands the app no owner's password, and stops everything on Ctrl-C", async () => {
  const { child, said } = await start();
  expect(said).toContain(`http://127.0.0.1:${port}/sign-in/link#token=`);
  const given = await ask();
  expect(given).toMatchObject({ role: "signalbox_app", owner: null, dataDir, url: `http://127.0.0.1:${port}` });
  expect(given.secret.length).toBeGreaterThanOrEqual(32);
  expect(await stop(child, "SIGINT")).toBe(0);
  expect(await answers()).toBe(false);
  expect(existsSync(pidFile())).toBe(false);

  // The same secret again: people stay signed in.
  const again = await start();
  expect((await ask()).secret).toBe(given.secret);
  await stop(again.child, "SIGTERM");
});

test("the app starts again when it dies", async () => {
  await start();
  const before = (await ask()).pid;
  await fetch(`http://127.0.0.1:${port}/crash`).catch(() => null);
  await expect
    .poll(
      () =>
        ask().then(
          ({ pid }) => pid,
          () => before,
        ),
      { timeout: 20_000 },
    )
    .not.toBe(before);
});

test("kill -9 of the supervisor frees the port, and the next start takes its PostgreSQL over", async () => {
  const { child } = await start();
  const postmaster = () => readFileSync(pidFile(), "utf8").split("\n")[0];
  const before = postmaster();
  await stop(child, "SIGKILL");
  await expect.poll(answers, { timeout: 10_000 }).toBe(false);

  const next = await start();
  expect(next.said).toContain("Ctrl-C stops it");
  expect(postmaster()).toBe(before);
  expect((await ask()).role).toBe("signalbox_app");
  expect(await stop(next.child, "SIGTERM")).toBe(0);
  expect(existsSync(pidFile())).toBe(false);
});

test("a port in use is said plainly", async () => {
  await start();
  const second = await start();
  expect(second.child.exitCode).toBe(1);
  expect(second.said).toMatch(new RegExp(`Port ${port} .* Set PORT`));
});

test("with a certificate it is https, for people, for itself and for a health check", async () => {
  const [certificate, key] = [path.join(root, "tls.crt"), path.join(root, "tls.key")];
  const pair = selfSigned("signalbox.example");
  writeFileSync(certificate, pair.cert);
  writeFileSync(key, pair.key, { mode: 0o600 });
  const tls = { TLS_CERT_FILE: "tls.crt", TLS_KEY_FILE: "tls.key" };
  const { said } = await start(tls);
  expect(said).toContain(`Signalbox: https://127.0.0.1:${port}\n`);
  expect(said).toContain(`https://127.0.0.1:${port}/sign-in/link#token=`);

  const ready = () =>
    spawnSync(process.execPath, [path.join(root, "dist/signalbox.mjs"), "ready"], {
      cwd: root,
      encoding: "utf8",
      env: { ...environment(), ...tls },
    });
  const healthy = ready();
  expect(JSON.parse(healthy.stdout)).toMatchObject({ protocol: "https", address: "127.0.0.1" });
  expect(healthy.status).toBe(0);
  for (const child of running) await stop(child, "SIGTERM");
  expect(ready().status).toBe(1);

  writeFileSync(key, selfSigned("other").key);
  const { child, said: refused } = await start(tls);
  expect([child.exitCode, refused]).toEqual([
    1,
    expect.stringMatching(/TLS_CERT_FILE and TLS_KEY_FILE cannot be used/),
  ]);
});

test("a list of proxies that cannot be read is said before anything starts", async () => {
  const { child, said } = await start({ TRUSTED_PROXIES: "my-proxy" });
  expect([child.exitCode, said]).toEqual([1, expect.stringContaining("TRUSTED_PROXIES: “my-proxy”")]);
});

test("it does not listen in clear where others come by, and says what to set; behind a TLS proxy it does", async () => {
  const bare = await start({ HOST: "0.0.0.0" });
  expect([bare.child.exitCode, bare.said]).toEqual([
    1,
    expect.stringMatching(/HOST is 0\.0\.0\.0: .*TLS_CERT_FILE.*PLAIN_HTTP/),
  ]);
  const proxied = { HOST: "0.0.0.0", PUBLIC_URL: "https://signalbox.example", TRUSTED_PROXIES: "192.0.2.7" };
  const { child, said } = await start(proxied);
  expect(said).toContain("Signalbox: https://signalbox.example\n");
  expect((await ask()).url).toBe("https://signalbox.example");
  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one && !one.internal && one.family === "IPv4");
  if (own) expect((await fetch(`http://${own.address}:${port}/sign-in`)).status).toBe(403);
  expect(await stop(child, "SIGTERM")).toBe(0);
});

test("with your own PostgreSQL it starts none, and fills the demo tenant", async () => {
  const database = await startTestDatabase();
  await database.asOwner("DROP SCHEMA public, alert_firings_days CASCADE; CREATE SCHEMA public");
  const ownData = path.join(root, "own-server");
  const alone = { DATABASE_URL: database.appUrl, DATA_DIR: ownData };
  const unmigrated = await start(alone);
  expect([unmigrated.child.exitCode, unmigrated.said]).toEqual([1, expect.stringContaining("Run `signalbox migrate`")]);
  const own = { ...alone, MIGRATE_DATABASE_URL: database.ownerUrl };
  const { child } = await start(own, "--demo");
  expect(await ask()).toMatchObject({ role: "signalbox_app", owner: null });
  expect(existsSync(path.join(ownData, "postgres"))).toBe(false);
  const [row] = await database.asOwner<{ n: number }>("SELECT count(*)::int AS n FROM _prisma_migrations");
  expect(row?.n).toBeGreaterThan(0);
  // The stand-in has no worker, so what the demo asked for is still asked for.
  expect(await database.asOwner("SELECT revision, status FROM publications")).toEqual([
    { revision: 1, status: "requested" },
  ]);
  expect(await stop(child, "SIGTERM")).toBe(0);
  await database.stop();
});
