import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALERTMANAGER_BINARY, type RunningAlertmanager, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { createTarget } from "@/lib/targets";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { seededRandom } from "@/lib/testing/seeded";
import { bundleChild } from "./testing/bundle-child";
import { fileSurroundings } from "./testing/file-surroundings";
import { startWorker } from "./worker";

const FORWARD = [
  "claim.done",
  "prepare.done",
  "write.intent",
  "write.templates",
  "write.temporary",
  "write.acted",
  "write.done",
  "write.acted@2",
  "reload.intent",
  "reload.acted",
  "reload.done",
  "reload.acted@2",
  "verify.intent",
  "verify.acted",
  "verify.done@2",
  "finish.intent",
  "finish.done",
];
const BACKWARD = [
  "reload.acted@2",
  "reload.done@2",
  "error.done",
  "restore_write.intent",
  "restore_write.acted",
  "restore_write.done",
  "restore_write.acted@2",
  "restore_reload.intent",
  "restore_reload.acted",
  "restore_reload.done",
  "restore_reload.done@2",
  "finish.intent",
  "finish.done",
];

/** `make soak` dies everywhere; otherwise where something was done and not noted yet, and at some others, another few each time. */
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000);
function sampled(failpoints: readonly string[], random = seededRandom(SEED)): string[] {
  if (process.env.SOAK) return [...failpoints];
  const others = failpoints.filter((name) => !name.endsWith(".acted"));
  const chosen = Array.from({ length: 3 }, () => others.splice(Math.floor(random() * others.length), 1)[0]);
  return failpoints.filter((name) => name.endsWith(".acted") || chosen.includes(name));
}

const BASE = "route: {receiver: a}\nreceivers: [{name: a}]\n";
const TEMPLATES = [{ name: "own.tmpl", content: '{{ define "own" }}x{{ end }}' }];
/** Lies beside the first replica's file only: the first takes what the second refuses. */
const ONLY_FIRST = "ca.pem";
const md5 = (text: string) => createHash("md5").update(text).digest().readUIntLE(0, 6);

describe.skipIf(!ALERTMANAGER_BINARY)("kill -9", () => {
  const tenantId = randomUUID();
  let database: TestDatabase;
  let root: string;
  let child: { file: string; folder: string } | undefined;
  const replicas: RunningAlertmanager[] = [];
  let serial = 0;
  let live = BASE;

  beforeAll(async () => {
    database = await startTestDatabase();
    root = await mkdtemp(path.join(os.tmpdir(), "signalbox-crash-"));
    Object.assign(process.env, {
      NODE_ENV: "test",
      TARGET_ROOTS: root,
      OUTBOUND_ALLOW: "targets=127.0.0.1",
      DATA_DIR: path.join(root, "data"),
    });
    await database.asOwner("INSERT INTO tenants (id, slug, name) VALUES ($1, 'crash', 'Crash')", [tenantId]);
    child = await bundleChild();
    for (const name of ["am-0", "am-1"]) {
      await mkdir(path.join(root, name));
      replicas.push(await startAlertmanager(BASE, path.join(root, name)));
    }
    await writeFile(path.join(root, "am-0", ONLY_FIRST), rootCertificates[0] ?? "");
    await createTarget(
      { id: "operator", requestId: "test" },
      {
        kind: "alertmanager",
        tenantId,
        name: "production",
        replicas: replicas.map(({ url, configPath }) => ({ url, configPath })),
      },
    );
    await database.asOwner("UPDATE target_places SET published_digest = $1", [
      createHash("sha256").update(BASE).digest("hex"),
    ]);
  });
  afterAll(async () => {
    await Promise.all(replicas.map(({ stop }) => stop()));
    await database.stop();
    for (const folder of [root, child?.folder]) if (folder) await rm(folder, { recursive: true, force: true });
  });

  const files = () => Promise.all(replicas.map(({ configPath }) => readFile(configPath, "utf8")));
  const hashes = () =>
    Promise.all(
      replicas.map(async ({ url }) => {
        const text = await (await fetch(`${url}/metrics`)).text();
        return Number(/^alertmanager_config_hash (\S+)/m.exec(text)?.[1]);
      }),
    );

  async function publish(next: string, failpoint: string): Promise<{ id: string; status: string }> {
    const textFile = path.join(root, `next-${++serial}.json`);
    await writeFile(textFile, JSON.stringify({ text: next, templates: TEMPLATES }));
    const id = randomUUID();
    await database.asOwner(
      `INSERT INTO publications (id, tenant_id, revision, comment, overwrite_drift, status, requested_by)
       VALUES ($1, $2, $3, '', false, 'requested', 'test')`,
      [id, tenantId, serial],
    );
    const before = live;
    await killed(
      spawn(process.execPath, [child?.file ?? "", textFile], {
        env: { ...process.env, SIGNALBOX_FAILPOINT: failpoint },
      }),
    );
    for (const text of await files()) expect([before, next]).toContain(text);
    const worker = startWorker(fileSurroundings(textFile), { pollMs: 50, leaseSeconds: 10 });
    try {
      return { id, status: await ended(id) };
    } finally {
      await worker.stop();
    }
  }

  async function killed(process: ChildProcess): Promise<void> {
    let log = "";
    process.stderr?.on("data", (chunk) => {
      log += chunk;
    });
    const signal = await new Promise((resolve) => process.once("exit", (_code, by) => resolve(by)));
    expect(signal, log).toBe("SIGKILL");
  }

  async function ended(id: string): Promise<string> {
    for (let tries = 0; tries < 300; tries++) {
      const [row] = await database.asOwner<{ status: string }>("SELECT status FROM publications WHERE id = $1", [id]);
      if (row && !["requested", "running"].includes(row.status)) return row.status;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("The publication did not end.");
  }

  async function endings(id: string): Promise<number> {
    const rows = await database.asOwner("SELECT 1 FROM events WHERE type = 'PublicationEnded' AND stream_id = $1", [
      id,
    ]);
    return rows.length;
  }

  it.each(sampled(FORWARD))(`at %s: goes on to verified, seed ${SEED}`, async (failpoint) => {
    const next = `# ${failpoint}\n${BASE}templates: ["alertmanager.yml.templates-*/*.tmpl"]\n`;
    const { id, status } = await publish(next, failpoint);
    expect(status).toBe("verified");
    live = next;
    expect(await files()).toEqual([next, next]);
    expect(await hashes()).toEqual([md5(next), md5(next)]);
    expect(await endings(id)).toBe(1);
    await noLeftovers();
  });

  it.each(sampled(BACKWARD))(`at %s: goes on to restored, seed ${SEED}`, async (failpoint) => {
    const next = `# ${failpoint}\n${BASE.replace("{name: a}", `{name: a, webhook_configs: [{url: "http://h/", http_config: {tls_config: {ca_file: ${ONLY_FIRST}}}}]}`)}`;
    const { id, status } = await publish(next, failpoint);
    expect(status).toBe("restored");
    expect(await files()).toEqual([live, live]);
    expect(await hashes()).toEqual([md5(live), md5(live)]);
    expect(await endings(id)).toBe(1);
    await noLeftovers();
  });

  async function noLeftovers(): Promise<void> {
    for (const name of ["am-0", "am-1"])
      expect((await readdir(path.join(root, name))).filter((entry) => entry.includes(".signalbox-"))).toEqual([]);
  }
});
