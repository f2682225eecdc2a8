import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiPerson } from "../api-person";
import { seededRandom } from "../seeded";
import { KillableApp, VICTIMS, type Victim } from "./killable-app";

// Sends alerts to the tap of the built product, at a pace, while its processes are killed; then looks whether all that was
// acknowledged is there.
const SECONDS = Number(process.env.SOAK_TAP_SECONDS ?? 60);
const RATE = Number(process.env.SOAK_TAP_RATE ?? 5000);
const KILLS = Number(process.env.SOAK_TAP_KILLS ?? 3);
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000);
/** As Prometheus sends them. */
const BATCH = 64;
const BATCHES = 312;
const random = seededRandom(SEED);
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Firings {
  sets: { labels: Record<string, string>; firings: number[] }[];
  truncated: boolean;
}

const results = path.join(process.cwd(), "test-results");
mkdirSync(results, { recursive: true });
const folder = mkdtempSync(path.join(results, "soak-tap-"));
const app = await KillableApp.start(folder, { LOG_LEVEL: "silent" });
const admin = await ApiPerson.signIn(app.current.base, app.current.token ?? "");
const { token } = await admin.call<{ token: string }>("POST", "/api/demo/taps", { body: { name: "soak" } });
say(`seed ${SEED} (SOAK_SEED), ${RATE} alerts a second for ${SECONDS} s, ${KILLS} kills`);

/** Starts, in seconds since 1970, of the firings of each batch that were acknowledged. */
const acknowledged = Array.from({ length: BATCHES }, () => [] as number[]);
const began = Date.now();
const firstStart = Math.floor(began / 1000) - 20 * 3600;
let sent = 0;
let refused = 0;
let slowest = 0;

function body(batch: number, start: number): string {
  const alerts = Array.from({ length: BATCH }, (_, index) => ({
    labels: {
      alertname: "Soak",
      batch: String(batch),
      instance: `node-${index}:9100`,
      severity: "critical",
      team: "db",
    },
    annotations: { summary: `It is ${start} and something is wrong.`, runbook_url: "https://runbooks.example/soak" },
    startsAt: new Date(start * 1000).toISOString(),
    endsAt: new Date((start + 5) * 1000).toISOString(),
    generatorURL: "http://prometheus.example/graph?g0.expr=up",
  }));
  return JSON.stringify(alerts);
}

async function post(batch: number, start: number): Promise<void> {
  const asked = performance.now();
  try {
    const answer = await fetch(`${app.current.base}/api/tap/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: body(batch, start),
      signal: AbortSignal.timeout(20_000),
    });
    await answer.text();
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
    acknowledged[batch]?.push(start);
    sent += BATCH;
    slowest = Math.max(slowest, performance.now() - asked);
  } catch {
    // As Prometheus does: what was not taken is sent again with the next evaluation; here it simply does not count.
    refused += BATCH;
    await app.revive();
  }
}

async function send(): Promise<void> {
  const underway = new Set<Promise<void>>();
  for (let serial = 0; Date.now() < began + SECONDS * 1000; serial++) {
    const due = began + ((serial * BATCH) / RATE) * 1000;
    if (due > Date.now()) await sleep(due - Date.now());
    while (underway.size >= 64) await Promise.race(underway);
    const one = post(serial % BATCHES, firstStart + Math.floor(serial / BATCHES) * 60).finally(() =>
      underway.delete(one),
    );
    underway.add(one);
  }
  await Promise.all(underway);
}

async function kill(): Promise<void> {
  for (let round = 0; round < KILLS; round++) {
    await sleep(((0.5 + random()) * SECONDS * 1000) / (KILLS + 1));
    const victim: Victim = VICTIMS[round % VICTIMS.length] ?? "web";
    say(`${Math.round((Date.now() - began) / 1000)} s: kill of ${victim}: ${app.kill(victim)}`);
  }
}

await Promise.all([send(), kill()]);
const seconds = (Date.now() - began) / 1000;
await app.revive();
await sleep(2_000);

let stored: Firings | null = null;
for (let attempt = 0; attempt < 60 && !stored; attempt++) {
  await app.revive();
  stored = await admin.call<Firings>("GET", "/api/demo/alerts/firings?days=2", { timeoutMs: 60_000 }).catch(() => null);
  if (!stored) await sleep(1_000);
}
const known = new Map(
  (stored?.sets ?? []).map(({ labels, firings }) => [`${labels.batch} ${labels.instance}`, firings]),
);
let lost = 0;
for (const [batch, starts] of acknowledged.entries()) {
  for (let index = 0; index < BATCH; index++) {
    const firings = known.get(`${batch} node-${index}:9100`) ?? [];
    const there = new Set(firings.filter((_, at) => at % 2 === 0));
    lost += starts.filter((start) => !there.has(start)).length;
  }
}
await app.current.stop();
const counted = {
  ...{ seed: SEED, acknowledged: sent, refused, lost },
  perSecond: Math.round(sent / seconds),
  slowestMs: Math.round(slowest),
};
say(JSON.stringify(counted, null, 2));
const failed = !stored || stored.truncated || lost > 0 || (KILLS === 0 && refused > 0);
if (!failed) rmSync(folder, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
