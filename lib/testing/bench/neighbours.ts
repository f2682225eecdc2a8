import { setTimeout as sleep } from "node:timers/promises";
import type { ApiPerson } from "../api-person";
import type { RunningApp } from "../running-app";
import { figure, note, quantile, section } from "./figures";

const SECONDS = 10;
const READERS = 10;
/** Between the requests of one reader. */
const PACE_MS = 200;
/** Of the tier starter, which the busy tenant gets. */
const A_MINUTE = 1_200;
const GOAL = 1.2;

/** What people of one tenant notice of another that asks as much as its tier allows, and of one that asks much more. */
export async function benchNeighbours(app: RunningApp, admin: ApiPerson): Promise<void> {
  section("Noisy neighbour: reading a tenant's changes, while another is at its limit");
  await admin.call("POST", "/api/platform/tenants", { body: { slug: "bench-busy", name: "Busy", tier: "starter" } });
  const created = await admin.call<{ secret: string }>("POST", "/api/bench-busy/tokens", {
    body: { name: "bench", scopes: ["configuration:view"], days: 1 },
  });
  await read(admin, 3_000);
  const idle = quantile(await read(admin, SECONDS * 1_000), 0.99);
  figure({ what: "idle: p99", value: idle, unit: "ms" });
  const limit = await beside(admin, app.base, created.secret, A_MINUTE);
  const peer = { name: "idle", value: idle };
  figure({ what: `another asks ${A_MINUTE} a minute: p99`, value: limit.p99, unit: "ms", goal: GOAL * idle, peer });
  note(`    ${limit.answered} of its requests were answered, ${limit.refused} refused`);
  const beyond = await beside(admin, app.base, created.secret, A_MINUTE * 10);
  figure({ what: `another asks ${A_MINUTE * 10} a minute: p99`, value: beyond.p99, unit: "ms", peer });
  note(`    ${beyond.answered} of its requests were answered, ${beyond.refused} refused`);
}

async function read(person: ApiPerson, durationMs: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + durationMs;
  const one = async (index: number) => {
    await sleep((index * PACE_MS) / READERS);
    while (performance.now() < end) {
      const began = performance.now();
      await person.call("GET", "/api/demo/changes");
      const took = performance.now() - began;
      times.push(took);
      await sleep(Math.max(0, PACE_MS - took));
    }
  };
  await Promise.all(Array.from({ length: READERS }, (_, index) => one(index)));
  return times;
}

interface Beside {
  p99: number;
  answered: number;
  refused: number;
}

async function beside(person: ApiPerson, base: string, token: string, aMinute: number): Promise<Beside> {
  const ended = new AbortController();
  const counts = { answered: 0, refused: 0 };
  const ask = async () => {
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await fetch(`${base}/api/bench-busy/changes`, { headers });
    if (status === 200) counts.answered++;
    else counts.refused++;
  };
  const noise = (async () => {
    const under: Promise<void>[] = [];
    for (const began = performance.now(); !ended.signal.aborted; ) {
      // As many as are due, however late the timer is.
      while (under.length < ((performance.now() - began) / 60_000) * aMinute) under.push(ask());
      await sleep(5);
    }
    await Promise.all(under);
  })();
  const times = await read(person, SECONDS * 1_000);
  ended.abort();
  await noise;
  return { p99: quantile(times, 0.99), ...counts };
}
