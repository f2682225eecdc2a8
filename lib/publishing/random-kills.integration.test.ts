import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALERTMANAGER_BINARY, type RunningAlertmanager, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { disconnectDatabase, type EmbeddedPostgres, migrate, startEmbeddedPostgres } from "@/lib/database";
import { createTarget } from "@/lib/targets";
import { seededRandom } from "@/lib/testing/seeded";
import { soakConfig } from "@/lib/testing/soak/configurations";
import { FileWitness } from "@/lib/testing/soak/file-witness";
import { bundleChild } from "./testing/bundle-child";
import { fileSurroundings } from "./testing/file-surroundings";
import { startWorker } from "./worker";

// A sample of what `make soak` does at length. The seed is in the name of each test: with it the same instants come again.
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(SEED);
const INSTANTS = Array.from({ length: 4 }, () => Number(random().toFixed(3)));
const FIRST = soakConfig("first", false);

describe.skipIf(!ALERTMANAGER_BINARY)(`killed at random instants, seed ${SEED}`, () => {
  const tenantId = randomUUID();
  const before = { DATABASE_URL: process.env.DATABASE_URL };
  let server: EmbeddedPostgres;
  let root: string;
  let child: { file: string; folder: string };
  let witness: FileWitness;
  const replicas: RunningAlertmanager[] = [];
  let serial = 0;
  /** From the request to the end when nobody is killed: instants are parts of it. */
  let usualMs = 0;

  beforeAll(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), "signalbox-kills-"));
    await chmod(root, 0o755);
    // A server of its own, which may be killed, and which keeps what it said it has.
    server = await startEmbeddedPostgres({ dataDir: path.join(root, "database"), root: process.cwd() });
    await migrate(server.ownerUrl, path.join(process.cwd(), "prisma/migrations"));
    Object.assign(process.env, {
      NODE_ENV: "test",
      DATABASE_URL: server.appUrl,
      TARGET_ROOTS: root,
      OUTBOUND_ALLOW: "targets=127.0.0.1",
      DATA_DIR: path.join(root, "data"),
    });
    await asOwner("INSERT INTO tenants (id, slug, name) VALUES ($1, 'kills', 'Kills')", [tenantId]);
    child = await bundleChild();
    for (const name of ["am-0", "am-1"]) {
      await mkdir(path.join(root, name));
      replicas.push(await startAlertmanager(FIRST, path.join(root, name)));
    }
    const places = replicas.map(({ url, configPath }) => ({ url, configPath }));
    const target = { kind: "alertmanager" as const, tenantId, name: "production", replicas: places };
    await createTarget({ id: "operator", requestId: "test" }, target);
    const digest = createHash("sha256").update(FIRST).digest("hex");
    await asOwner("UPDATE target_places SET published_digest = $1", [digest]);
    witness = new FileWitness(replicas.map(({ configPath }) => configPath));
    witness.expect(FIRST);
    const began = performance.now();
    await publish();
    usualMs = performance.now() - began;
  });
  afterAll(async () => {
    witness?.stop();
    await Promise.all(replicas.map(({ stop }) => stop()));
    await disconnectDatabase();
    await server?.stop();
    if (before.DATABASE_URL === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = before.DATABASE_URL;
    for (const folder of [root, child?.folder]) if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** The server may have been killed just now: it comes back. */
  async function asOwner<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    for (const deadline = Date.now() + 30_000; ; await sleep(50)) {
      try {
        return await askOnce<Row>(sql, values);
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  async function askOnce<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
    const client = new pg.Client({ connectionString: server.ownerUrl });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  interface Disturbance {
    /** Before there is a worker in this process; it requests the publication itself. */
    before?(textFile: string, request: () => Promise<void>): Promise<void>;
    /** Beside the worker in this process. */
    beside?(): Promise<void>;
  }

  async function publish({ before, beside }: Disturbance = {}): Promise<void> {
    const text = soakConfig(`random-${++serial}`, false);
    const textFile = path.join(root, `next-${serial}.json`);
    await writeFile(textFile, JSON.stringify({ text, templates: [] }));
    witness.expect(text);
    const id = randomUUID();
    const request = async () => {
      await asOwner(
        `INSERT INTO publications (id, tenant_id, revision, comment, overwrite_drift, status, requested_by)
         VALUES ($1, $2, $3, '', false, 'requested', 'test') ON CONFLICT DO NOTHING`,
        [id, tenantId, serial],
      );
    };
    await before?.(textFile, request);
    const worker = startWorker(fileSurroundings(textFile), { pollMs: 50, leaseSeconds: 3 });
    try {
      await request();
      const [status] = await Promise.all([ended(id), beside?.()]);
      await judge(id, text, status);
    } finally {
      await worker.stop();
    }
  }

  async function ended(id: string): Promise<string> {
    const sql = "SELECT status FROM publications WHERE id = $1";
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
      const [row] = await asOwner<{ status: string }>(sql, [id]);
      if (row && !["requested", "running"].includes(row.status)) return row.status;
    }
    throw new Error("The publication did not end.");
  }

  async function judge(id: string, text: string, status: string): Promise<void> {
    expect(status).toBe("verified");
    witness.look();
    expect(witness.faults).toEqual([]);
    const hash = createHash("md5").update(text).digest().readUIntLE(0, 6);
    for (const { configPath, url } of replicas) {
      expect(await readFile(configPath, "utf8")).toBe(text);
      expect(await (await fetch(`${url}/metrics`)).text()).toContain(`alertmanager_config_hash ${printed(hash)}`);
    }
    const sql = "SELECT 1 FROM events WHERE type = 'PublicationEnded' AND stream_id = $1";
    expect(await asOwner(sql, [id])).toHaveLength(1);
  }

  it.each(INSTANTS)("the worker, after %f of the usual time: another one goes on to verified", async (instant) => {
    await publish({
      before: async (textFile, request) => {
        const worker = spawn(process.execPath, [child.file, textFile], { stdio: ["ignore", "pipe", "inherit"] });
        await once(worker.stdout, "data");
        await request();
        await sleep(instant * usualMs);
        await killed(worker);
      },
    });
  });

  it.each(INSTANTS)("PostgreSQL, after %f of the usual time: it goes on to verified", async (instant) => {
    await publish({
      beside: async () => {
        await sleep(instant * usualMs);
        process.kill(server.pid(), "SIGKILL");
      },
    });
  });
});

async function killed(worker: ChildProcess): Promise<void> {
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

/** As Prometheus' text format prints a large number. */
function printed(hash: number): string {
  return hash.toExponential().replace(/e\+(\d)$/, "e+0$1");
}
