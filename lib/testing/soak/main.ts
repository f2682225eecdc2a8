import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { rootCertificates } from "node:tls";
import { type RunningAlertmanager, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { ApiPerson, Refused } from "../api-person";
import { seededRandom } from "../seeded";
import { ONLY_FIRST, soakConfig } from "./configurations";
import { FileWitness } from "./file-witness";
import { KillableApp, VICTIMS, type Victim } from "./killable-app";

interface Publication {
  changeId: string;
  revision: number;
  status: string;
}

const KILLS = Number(process.env.SOAK_KILLS ?? (process.env.SOAK_MINUTES ? Number.MAX_SAFE_INTEGER : 50));
const END = Date.now() + Number(process.env.SOAK_MINUTES ?? 600) * 60_000;
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000);
const OPEN = ["requested", "running"];
const random = seededRandom(SEED);
const say = (line: string) => process.stdout.write(`${line}\n`);
const md5 = (text: string) => createHash("md5").update(text).digest().readUIntLE(0, 6);

const results = path.join(process.cwd(), "test-results");
mkdirSync(results, { recursive: true });
const folder = mkdtempSync(path.join(results, "soak-"));
const problems: string[] = [];
const outcomes: Record<string, number> = {};
const kills: Record<Victim, number> = { web: 0, postgres: 0, supervisor: 0 };
/** What the app said it has: none of it may ever be missing or different. */
const acknowledged = new Map<number, string>();

say(`seed ${SEED} (SOAK_SEED), ${process.env.SOAK_MINUTES ? `${process.env.SOAK_MINUTES} minutes` : `${KILLS} kills`}`);
const first = soakConfig("first", false);
const replicas: RunningAlertmanager[] = [];
for (const name of ["am-0", "am-1"]) {
  mkdirSync(path.join(folder, "targets", name), { recursive: true });
  replicas.push(await startAlertmanager(first, path.join(folder, "targets", name)));
}
writeFileSync(path.join(folder, "targets/am-0", ONLY_FIRST), rootCertificates[0] ?? "");
const witness = new FileWitness(replicas.map(({ configPath }) => configPath));
witness.expect(first);
const app = await KillableApp.start(folder, { LOG_LEVEL: "silent" });
const admin = await ApiPerson.signIn(app.current.base, app.current.token ?? "");
const { tenants } = await admin.call<{ tenants: { id: string; slug: string }[] }>("GET", "/api/platform/tenants");
await admin.call("POST", "/api/platform/targets", {
  body: {
    kind: "alertmanager",
    tenantId: tenants.find(({ slug }) => slug === "demo")?.id,
    name: "Soak",
    replicas: replicas.map(({ configPath, url }) => ({ configPath, url })),
  },
});

/** Until it succeeds: the server may be dead just now. A refusal is an answer, and is handed on. */
async function insist<Answer>(work: () => Promise<Answer>, patienceMs = 60_000): Promise<Answer> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(100)) {
    try {
      return await work();
    } catch (error) {
      const refused = error instanceof Refused && error.status < 500;
      if (refused || Date.now() > deadline) throw error;
      await app.revive();
    }
  }
}

/** One publication; somewhere between its request and its end `victim` is killed. */
async function publish(serial: number, live: string, victim: Victim | null, after: number): Promise<string> {
  const refused = serial % 4 === 0;
  const name = `soak-${serial}`;
  const yaml = soakConfig(name, refused);
  witness.expect(yaml);
  const { change } = await insist(() =>
    admin.call<{ change: { id: string } }>("POST", "/api/demo/import", { body: { yaml, title: name } }),
  );
  const killing = victim ? sleep(after).then(() => killed(victim)) : null;
  const request = () =>
    admin.call<Publication>("POST", `/api/demo/changes/${change.id}/publish`, {
      body: { comment: name, overwriteDrift: serial === 1 },
    });
  const answer = await insist(() => requestOrFind(change.id, request), 150_000);
  acknowledged.set(answer.revision, yaml);
  await killing;
  const ended = await insist(async () => {
    const mine = await find(change.id);
    if (!mine || OPEN.includes(mine.status)) throw new Error(`still ${mine?.status ?? "unknown"}`);
    return mine;
  }, 120_000);
  acknowledged.set(ended.revision, yaml);
  outcomes[ended.status] = (outcomes[ended.status] ?? 0) + 1;
  const expected = refused ? ["restored", "failed"] : ["verified"];
  if (!expected.includes(ended.status)) problems.push(`${name}: ended ${ended.status} instead of ${expected[0]}`);
  const now = ended.status === "verified" ? yaml : live;
  await check(name, now);
  return now;
}

/** An answer may get lost after the request was taken: then the publication is in the list. */
async function requestOrFind(changeId: string, request: () => Promise<Publication>): Promise<Publication> {
  try {
    return await request();
  } catch (error) {
    const found = await find(changeId);
    if (found) return found;
    // Frozen by a process that died before it recorded the publication: a draft again after a minute.
    if (error instanceof Refused && error.status === 409) throw new Error(error.message);
    throw error;
  }
}

async function find(changeId: string): Promise<Publication | undefined> {
  const all = await admin.call<Publication[]>("GET", "/api/demo/publications");
  return all.find((publication) => publication.changeId === changeId);
}

function killed(victim: Victim): void {
  if (app.kill(victim)) kills[victim] += 1;
}

async function check(name: string, live: string): Promise<void> {
  for (const { configPath, url } of replicas) {
    if (readFileSync(configPath, "utf8") !== live) problems.push(`${name}: ${configPath} is not what should be live`);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const hash = Number(/^alertmanager_config_hash (\S+)/m.exec(metrics)?.[1]);
    if (hash !== md5(live)) problems.push(`${name}: ${url} runs something else than what should be live`);
  }
  for (const [number, yaml] of [...acknowledged].slice(-3)) await checkRevision(name, number, yaml);
}

async function checkRevision(name: string, number: number, yaml: string): Promise<void> {
  const revision = await insist(() => admin.call<{ yaml: string }>("GET", `/api/demo/revisions/${number}`)).catch(
    (error: Error) => ({ yaml: error.message }),
  );
  if (revision.yaml !== yaml) problems.push(`${name}: revision ${number} is lost or changed`);
}

/** Where a publication is killed is spread over as long as one takes here. */
async function usualDuration(): Promise<number> {
  const began = performance.now();
  live = await publish(1, live, null, 0);
  return performance.now() - began;
}

let live = first;
const usual = await usualDuration();
say(`a publication takes ${usual.toFixed(0)} ms here`);
const total = () => VICTIMS.reduce((sum, victim) => sum + kills[victim], 0);
for (let serial = 2; total() < KILLS && Date.now() < END && problems.length < 20; serial++) {
  const share = random();
  const victim: Victim = share < 0.5 ? "web" : share < 0.85 ? "postgres" : "supervisor";
  const after = random() * usual;
  const began = Date.now();
  try {
    live = await publish(serial, live, victim, after);
    say(`${total()}. kill of ${victim} after ${after.toFixed(0)} ms: ended after ${Date.now() - began} ms`);
  } catch (error) {
    problems.push(`soak-${serial} (${victim} after ${after.toFixed(0)} ms): ${(error as Error).message}`);
    say(problems.at(-1) ?? "");
  }
}

witness.stop();
problems.push(...witness.faults);
for (const [number, yaml] of acknowledged) await checkRevision("at the end", number, yaml);
const left = (await insist(() => admin.call<Publication[]>("GET", "/api/demo/publications"))).filter(({ status }) =>
  OPEN.includes(status),
);
if (left.length > 0) problems.push(`${left.length} publications have no outcome`);
const audit = spawn(process.execPath, [path.join(process.cwd(), "dist/signalbox.mjs"), "audit", "verify"], {
  env: { ...process.env, DATA_DIR: app.current.dataDir, LOG_LEVEL: "error" },
  stdio: "inherit",
});
const [auditCode] = await once(audit, "exit");
if (auditCode !== 0) problems.push("the audit logs are not whole");
await app.current.stop();
for (const replica of replicas) await replica.stop();

const counted = { seed: SEED, kills, outcomes, revisions: acknowledged.size, reads: witness.reads, problems };
say(JSON.stringify(counted, null, 2));
if (problems.length === 0) rmSync(folder, { recursive: true, force: true });
process.exit(problems.length > 0 ? 1 : 0);
