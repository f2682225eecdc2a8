import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiPerson } from "../api-person";
import type { RunningApp } from "../running-app";
import { figure, note, quantile, section } from "./figures";

const SECONDS = 10;
const READERS = 10;
/** Between the requests of one reader. */
const PACE_MS = 200;
const WARM_UP_MS = 8_000;
const GOAL = 1.2;

/** What people of one tenant notice of another's program that asks as much as its tier allows, and of one ten times as busy, which its tier allows too. */
export async function benchNeighbours(app: RunningApp, admin: ApiPerson): Promise<void> {
  section("Noisy neighbour: reading a tenant's changes, while another's program is at its limit");
  note(
    `${READERS} people, each every ${PACE_MS} ms; the program is a process of its own, of lower priority, on this machine`,
  );
  for (const [tier, aMinute] of [
    ["starter", 1_200],
    ["professional", 12_000],
  ] as const) {
    const url = `${app.base}/api/bench-${tier}/changes`;
    await admin.call("POST", "/api/platform/tenants", { body: { slug: `bench-${tier}`, name: "Busy", tier } });
    const created = await admin.call<{ secret: string }>("POST", `/api/bench-${tier}/tokens`, {
      body: { name: "bench", scopes: ["configuration:view"], days: 1 },
    });
    await read(admin, WARM_UP_MS);
    const idle = quantile(await read(admin, SECONDS * 1_000), 0.99);
    figure({ what: "idle: p99", value: idle, unit: "ms" });
    const noise = noiseOn(url, created.secret, aMinute);
    // What it may have at once, it has had by then.
    await read(admin, 3_000);
    const p99 = quantile(await read(admin, SECONDS * 1_000), 0.99);
    const { asked, answered, refused } = await noise.stop();
    const peer = { name: "idle", value: idle };
    const what = `a program of a tenant (${tier}) asks ${aMinute} a minute: p99`;
    figure({ what, value: p99, unit: "ms", goal: GOAL * idle, peer });
    note(`    of its ${asked} requests ${answered} were answered, ${refused} refused`);
  }
}

interface Counts {
  asked: number;
  answered: number;
  refused: number;
}

function noiseOn(url: string, token: string, aMinute: number): { stop(): Promise<Counts> } {
  const file = path.join(process.cwd(), "lib/testing/bench/noise.mjs");
  const child = spawn(process.execPath, [file, url, token, String(aMinute)], { stdio: ["ignore", "pipe", "inherit"] });
  const said = text(child.stdout);
  return {
    stop: async () => {
      child.kill("SIGTERM");
      return JSON.parse(await said) as Counts;
    },
  };
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
