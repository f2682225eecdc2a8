import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { ApiPerson, tokenOf } from "../api-person";
import type { RunningApp } from "../running-app";
import { figure, note, quantile, section } from "./figures";

export const EDITORS = 20;
const SECONDS = 15;
/** The browser writes 0.7 s after the last key at the earliest: nobody saves faster than this for long. */
export const PACE_MS = 1_000;
export const DOCUMENT = "lib/alertmanager/rendering/testdata/team-platform.yml";

interface Change {
  id: string;
  version: number;
  document: { config: { receivers: { id: string; name: string }[] } };
}

interface Editor {
  person: ApiPerson;
  change: Change;
}

export type Work = (index: number, round: number) => Promise<void>;

/** One field through HTTP to a commit that is on the disk, by twenty people with a change each, in one tenant. */
export async function benchSaves(app: RunningApp, admin: ApiPerson): Promise<void> {
  section(`Save of one field, ${EDITORS} editors at once, through HTTP to a durable commit`);
  note(`each editor has a session and a change of their own; document: ${path.basename(DOCUMENT)}`);
  const yaml = readFileSync(path.join(process.cwd(), DOCUMENT), "utf8");
  const editors: Editor[] = [];
  for (let index = 0; index < EDITORS; index++) editors.push(await newEditor(app.base, admin, yaml, index));
  const inserts = await bareInserts(app.dataDir);
  const save: Work = async (index, round) => {
    const { person, change } = editors[index]!;
    const { config } = change.document;
    const receiver = { ...config.receivers[0]!, name: `bench-${round}` };
    const document = { ...change.document, config: { ...config, receivers: [receiver, ...config.receivers.slice(1)] } };
    const where = `/api/demo/changes/${change.id}/document`;
    editors[index]!.change = await person.call<Change>("PUT", where, { body: document, ifMatch: change.version });
  };
  try {
    await everyEditor(3_000, PACE_MS, save);
    const before = await cpuSeconds(app.base);
    const ours = await everyEditor(SECONDS * 1_000, PACE_MS, save);
    const used = (await cpuSeconds(app.base)) - before;
    figure({ what: "processor time of the app per save", value: (used * 1_000) / ours.length, unit: "ms" });
    const theirs = await everyEditor(SECONDS * 1_000, PACE_MS, inserts.work);
    report(`a save per editor every ${PACE_MS / 1000} s`, ours, theirs, 50);
    report("as fast as answers come", await everyEditor(6_000, 0, save), await everyEditor(6_000, 0, inserts.work));
  } finally {
    await inserts.end();
  }
}

function report(how: string, ours: number[], theirs: number[], goal?: number): void {
  for (const share of [0.5, 0.95, 0.99]) {
    const peer = { name: "bare INSERT with fsync", value: quantile(theirs, share) };
    const what = `${how}: p${share * 100}`;
    const limit = goal !== undefined && share === 0.99 ? { goal } : {};
    figure({ what, value: quantile(ours, share), unit: "ms", peer, ...limit });
  }
  note(`    ${ours.length} saves, ${theirs.length} inserts`);
}

/** Unlike the time that a save takes, what it costs says the same on a busy machine. */
export async function cpuSeconds(base: string): Promise<number> {
  const text = await (await fetch(`${base}/metrics`)).text();
  const found = /^signalbox_process_cpu_seconds_total (\S+)/m.exec(text)?.[1];
  if (found === undefined) throw new Error("/metrics does not tell the processor time");
  return Number(found);
}

async function newEditor(base: string, admin: ApiPerson, yaml: string, index: number): Promise<Editor> {
  const body = { email: `editor-${index}@example.org`, name: `Editor ${index}`, role: "editor" };
  const { link } = await admin.call<{ link: string }>("POST", "/api/demo/members", { body });
  const person = await ApiPerson.signIn(base, tokenOf(link));
  const imported = { body: { yaml, title: `Bench ${index}` } };
  const { change } = await person.call<{ change: Change }>("POST", "/api/demo/import", imported);
  return { person, change };
}

/** Runs `work` for each editor at once; with a pace they begin spread over it. Returns how long each took, in ms. */
export async function everyEditor(durationMs: number, paceMs: number, work: Work): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + durationMs;
  const one = async (index: number) => {
    await sleep((index * paceMs) / EDITORS);
    for (let round = 0; performance.now() < end; round++) {
      const began = performance.now();
      await work(index, round);
      const took = performance.now() - began;
      times.push(took);
      await sleep(Math.max(0, paceMs - took));
    }
  };
  await Promise.all(Array.from({ length: EDITORS }, (_, index) => one(index)));
  return times;
}

/** The least that a durable save can be: the row of an event, in the same PostgreSQL, by the same number of clients. */
async function bareInserts(dataDir: string): Promise<{ work: Work; end(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: ownerUrl(dataDir), max: EDITORS });
  await pool.query("CREATE TABLE IF NOT EXISTS bench_inserts (id uuid PRIMARY KEY, data json)");
  const { rows } = await pool.query("SHOW fsync");
  if (rows[0]?.fsync !== "on") throw new Error("PostgreSQL runs without fsync");
  const data = JSON.stringify({ edits: [{ at: ["config", "receivers", 0, "name"], set: '"bench"' }] });
  return {
    work: async () => {
      await pool.query("INSERT INTO bench_inserts (id, data) VALUES ($1, $2)", [randomUUID(), data]);
    },
    end: async () => {
      await pool.query("DROP TABLE bench_inserts");
      await pool.end();
    },
  };
}

/** Of the PostgreSQL that the app brought along. */
export function ownerUrl(dataDir: string): string {
  const passwords = JSON.parse(readFileSync(path.join(dataDir, "postgres-passwords.json"), "utf8"));
  const [, , , port] = readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n");
  const url = new URL("postgresql://signalbox_owner@127.0.0.1/signalbox");
  url.port = port ?? "";
  url.password = passwords.owner;
  return url.href;
}
