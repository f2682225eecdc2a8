import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { disconnectDatabase, freePort } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as bootstrap from "./bootstrap";
import { run } from "./start";
import { captured } from "./testing/captured";

const program = vi.hoisted(() => ({ root: "" }));
vi.mock("./program-root", () => ({ programRoot: () => program.root }));

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const project = process.cwd();
const variables = { ...process.env };
const argv = [...process.argv];
const folders: string[] = [];
let built = "";
let dataDir: string;
let port: number;
let before: Map<string, unknown[]>;

/** A program folder as after `npm run build`, with another app in it than Next's. */
function programFolder(app: string | null, migrations = path.join(project, "prisma/migrations")): string {
  const root = temporary("signalbox-program-");
  mkdirSync(path.join(root, "prisma"));
  symlinkSync(migrations, path.join(root, "prisma/migrations"));
  for (const name of ["node_modules", "package.json"]) symlinkSync(path.join(project, name), path.join(root, name));
  if (built !== "" && existsSync(path.join(built, "dist")))
    symlinkSync(path.join(built, "dist"), path.join(root, "dist"));
  if (app !== null) {
    mkdirSync(path.join(root, ".next/standalone"), { recursive: true });
    writeFileSync(path.join(root, ".next/standalone/server.js"), app);
  }
  return root;
}

function temporary(prefix: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

beforeAll(async () => {
  built = programFolder("");
  cpSync(path.join(project, "lib/testing/stand-in-app.mjs"), path.join(built, ".next/standalone/server.js"));
  process.argv = [process.execPath, "bundle.mjs", built];
  await import("./bundle.mjs");
  process.argv = argv;
  dataDir = temporary("signalbox-supervised-");
});
beforeEach(async () => {
  port = await freePort();
  program.root = built;
  delete process.env.DATABASE_URL;
  delete process.env.MIGRATE_DATABASE_URL;
  Object.assign(process.env, { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "silent" });
  before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
});
afterEach(async () => {
  for (const signal of SIGNALS)
    for (const listener of process.listeners(signal))
      if (!before.get(signal)?.includes(listener)) process.off(signal, listener);
  await disconnectDatabase();
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
  Object.assign(process.env, variables);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Ctrl-C, for what listens since the test began. */
function interrupt(signal: (typeof SIGNALS)[number] = "SIGINT"): void {
  for (const listener of process.listeners(signal)) if (!before.get(signal)?.includes(listener)) listener(signal);
}

const readyz = () => fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
const answers = async () => (await readyz())?.ok ?? false;
const untilReady = () => expect.poll(answers, { timeout: 60_000, interval: 50 }).toBe(true);
const postmaster = () => path.join(dataDir, "postgres/postmaster.pid");

/** Starts, lets `during` happen once the app answers, and interrupts unless that ended it. */
async function supervise(argv: string[], during: () => Promise<unknown>) {
  const running = captured(() => run(argv));
  await untilReady();
  // The supervisor asks as often as we do; it has to have been answered, too.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await during();
  interrupt();
  return running;
}

describe("with a PostgreSQL of its own", () => {
  test("it runs, other commands find its database by the data folder, and Ctrl-C stops all of it", async () => {
    let link = "";
    const { code, out, err } = await supervise([], async () => {
      expect(existsSync(postmaster())).toBe(true);
      expect(process.env.DATABASE_URL).toContain("postgresql://signalbox_app:");
      expect(await (await readyz())?.json()).toMatchObject({ role: "signalbox_app", owner: null, dataDir });
      delete process.env.DATABASE_URL;
      link = (await captured(() => bootstrap.run([]))).out;
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /Sign in: {3}http:\/\/127\.0\.0\.1:\d+\/sign-in\/link#token=[\w-]{43}\n +\(works once, for \d+ min/,
    );
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\/link#token=[\w-]{43}\n$/);
    expect(await answers()).toBe(false);
    expect(existsSync(postmaster())).toBe(false);
  });

  test("a migration that fails leaves no server behind", async () => {
    const migrations = temporary("signalbox-migrations-");
    mkdirSync(path.join(migrations, "20000101000000_wrong"));
    writeFileSync(path.join(migrations, "20000101000000_wrong/migration.sql"), "SELECT nonsense;");
    program.root = programFolder("", migrations);
    process.env.DATA_DIR = dataDir = temporary("signalbox-supervised-");
    await expect(run([])).rejects.toThrow(/Migration 20000101000000_wrong failed/);
    expect(existsSync(postmaster())).toBe(false);
  });
});

describe("with your own PostgreSQL", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await startTestDatabase();
    process.env.DATA_DIR = temporary("signalbox-supervised-");
  });
  afterEach(() => database.stop());

  test("it is migrated, the demo tenant gets its file and a publication", async () => {
    await database.asOwner("DROP SCHEMA public, alert_firings_days CASCADE; CREATE SCHEMA public");
    const targets = path.join(temporary("signalbox-targets-"), "below");
    Object.assign(process.env, { TARGET_ROOTS: `${targets}:/nowhere`, PUBLIC_URL: "https://pages.example" });
    const { code, out } = await supervise(["--demo"], async () => {
      expect(process.env.MIGRATE_DATABASE_URL).toBeUndefined();
      expect(await (await readyz())?.json()).toMatchObject({ url: "https://pages.example" });
    });
    expect(code).toBe(0);
    expect(out).toContain("Signalbox: https://pages.example\nSign in:   https://pages.example/sign-in/link#token=");
    expect(await database.asOwner("SELECT path FROM target_places")).toEqual([
      { path: path.join(targets, "demo/alertmanager.yml") },
    ]);
    expect(await database.asOwner("SELECT revision, status FROM publications")).toEqual([
      { revision: 1, status: "requested" },
    ]);
    expect(existsSync(path.join(process.env.DATA_DIR ?? "", "postgres"))).toBe(false);
  });

  test("a demo that cannot be made is no reason not to start", async () => {
    const file = path.join(temporary("signalbox-targets-"), "a-file");
    writeFileSync(file, "");
    process.env.TARGET_ROOTS = file;
    expect((await supervise(["--demo"], async () => {})).code).toBe(0);
    expect(await database.asOwner("SELECT slug FROM tenants")).toEqual([{ slug: "demo" }]);
    expect(await database.asOwner("SELECT id FROM publications")).toEqual([]);
  });

  test("an app that dies young three times ends the start with 1, and says so", async () => {
    const { code, err } = await supervise([], async () => {
      for (let died = 0; died < 3; died++) {
        await untilReady();
        await fetch(`http://127.0.0.1:${port}/crash`).catch(() => null);
      }
      await expect.poll(answers, { timeout: 10_000 }).toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect({ code, err }).toEqual({ code: 1, err: "signalbox: The web process keeps ending (3).\n" });
  });

  test("an app that never becomes ready is given up when it keeps dying, and stopped on Ctrl-C before that", async () => {
    program.root = programFolder("process.exit(7)");
    await expect(run([])).rejects.toThrow("The web process keeps ending (7).");

    program.root = programFolder("setInterval(() => {}, 1000)");
    const running = captured(() => run([]));
    await expect.poll(() => process.listenerCount("SIGHUP") - (before.get("SIGHUP")?.length ?? 0)).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    interrupt("SIGHUP");
    expect(await running).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("what it refuses before anything is started", () => {
  let taken: Server | undefined;
  afterEach(() => new Promise((resolve) => (taken ? taken.close(resolve) : resolve(undefined))));

  test("a program that was not built", async () => {
    program.root = programFolder(null);
    await expect(run([])).rejects.toThrow(/not built.*make run/);
  });

  test("a port in use, in words that say what to do", async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken?.listen(port, "127.0.0.1", resolve));
    await expect(run([])).rejects.toThrow(new RegExp(`Port ${port} of 127\\.0\\.0\\.1 .* Set PORT to another one`));
  });

  test("arguments that it does not know; --help is an answer", async () => {
    const usage = expect.stringContaining("usage: signalbox start");
    expect(await captured(() => run(["--help"]))).toEqual({ code: 0, out: usage, err: "" });
    expect(await captured(() => run(["--demo", "more"]))).toMatchObject({ code: 2, out: usage });
    expect(existsSync(postmaster())).toBe(false);
  });
});
