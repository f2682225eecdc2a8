import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  Frontier,
  formatNote,
  formatVerifierKey,
  type NoteSigner,
  renewalText,
  signTreeHead,
  toBase64,
} from "@/lib/audit/proofs/contract";
import { proveConsistency } from "@/lib/audit/proofs/tree";
import {
  SAMPLE_ORIGIN,
  sampleCheckpoint,
  sampleExport,
  sampleLog,
  sampleSigners,
} from "@/lib/audit/testing/sample-log";
import { readSigners } from "./key-file";
import { serveWitness, type Witness } from "./serve";
import { StateFile } from "./state-file";
import { watchLog } from "./watch";
import { watchFiles } from "./watch-files";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-watch-"));
const [first, second] = [1, 2].map((seed) => sampleSigners(SAMPLE_ORIGIN, seed)) as [NoteSigner[], NoteSigner[]];
const TOKEN = "a token of a test";
const log = sampleLog(40);
const growth = async (from: number, to: number) => (await proveConsistency(log.read, from, to)).map(toBase64);

function renewal(size: number) {
  const tree = new Frontier();
  for (const { leaf } of log.events.slice(0, size)) tree.add(leaf);
  const keys = second.map(({ key }) => formatVerifierKey(key));
  const text = renewalText({ origin: SAMPLE_ORIGIN, size, root: tree.root() }, keys);
  return { keys, statement: formatNote({ text, signatures: signTreeHead(text, first, new Date()) }) };
}

let witness: Witness;
let state: StateFile;
let count = 0;
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  Object.assign(process.env, { OUTBOUND_ALLOW: "witnesses=127.0.0.1", LOG_LEVEL: "silent" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  state = new StateFile(at(`state-${count++}.json`));
  const signers = readSigners(at("witness.json"), "witness.example/watch");
  witness = { state, signers, logs: first.map(({ key }) => key) };
});
afterEach(() => state.close());
const seen = () => state.seen(SAMPLE_ORIGIN)?.size;

describe("a witness that fetches", () => {
  /** What an installation answers: where the log is, by whom it is signed, and what it says of its keys. */
  let now: { size: number; signers: NoteSigner[]; renewals: unknown[] };
  let server: http.Server;
  let url: string;
  beforeAll(async () => {
    server = http.createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://installation");
      const [from, to] = ["from", "to"].map((name) => Number(searchParams.get(name))) as [number, number];
      if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end();
      if (pathname.endsWith("/checkpoint")) return void response.end(sampleCheckpoint(log, now.size, now.signers));
      if (pathname.endsWith("/renewals")) return void response.end(JSON.stringify({ renewals: now.renewals }));
      response.end(JSON.stringify({ proof: await growth(from, to), checkpoint: "" }));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/platform/audit/`;
  });
  afterAll(() => void server.close());

  it("cosigns what goes on, finds a cut end, and needs the token", async () => {
    now = { size: 11, signers: first, renewals: [] };
    await expect(watchLog(witness, url, undefined)).rejects.toMatchObject({ code: "target_refused" });
    expect(await watchLog(witness, url, TOKEN)).toEqual({ origin: SAMPLE_ORIGIN, size: 11 });
    now.size = 30;
    expect(await watchLog(witness, url, TOKEN)).toEqual({ origin: SAMPLE_ORIGIN, size: 30 });
    now.size = 12;
    expect((await watchLog(witness, url, TOKEN)).problem).toMatch(/its end was cut/);
    expect(seen()).toBe(30);
  });

  it("follows the keys that those it knows announced, and nobody else's", async () => {
    now = { size: 11, signers: first, renewals: [] };
    await watchLog(witness, url, TOKEN);
    now = { size: 30, signers: second, renewals: [] };
    expect((await watchLog(witness, url, TOKEN)).problem).toMatch(/did not sign/);
    now.renewals = [{ size: 20, ...renewal(20) }];
    expect(await watchLog(witness, url, TOKEN)).toEqual({ origin: SAMPLE_ORIGIN, size: 30 });
    now = { size: 40, signers: first, renewals: [] };
    expect((await watchLog(witness, url, TOKEN)).problem).toMatch(/did not sign/);
    now.signers = second;
    expect(await watchLog(witness, url, TOKEN)).toEqual({ origin: SAMPLE_ORIGIN, size: 40 });
  });
});

describe("a witness that is brought files", () => {
  const place = () => {
    const made = at(`files-${count}`);
    mkdirSync(made, { recursive: true });
    return made;
  };
  const put = (name: string, lines: string | string[]) =>
    writeFileSync(path.join(place(), name), typeof lines === "string" ? lines : `${lines.join("\n")}\n`);

  it("takes a checkpoint at first, and what an export shows to go on from there", async () => {
    put("a.txt", sampleCheckpoint(log, 11, first));
    expect(await watchFiles(witness, place())).toEqual([{ origin: SAMPLE_ORIGIN, size: 11 }]);
    put("b.txt", sampleCheckpoint(log, 20, first));
    const [bare] = await watchFiles(witness, place());
    expect(bare?.problem).toMatch(/Nothing here shows that the log goes on from 11 events/);
    put("c.jsonl", await sampleExport(sampleLog(20), first));
    put(".hidden", "x");
    expect(await watchFiles(witness, place())).toEqual([{ origin: SAMPLE_ORIGIN, size: 20 }]);
    put("d.jsonl", await sampleExport(sampleLog(30), first, { only: [30], since: 20 }));
    expect(await watchFiles(witness, place())).toEqual([{ origin: SAMPLE_ORIGIN, size: 30 }]);
    // Nothing new: what was brought before still lies there.
    expect(await watchFiles(witness, place())).toEqual([{ origin: SAMPLE_ORIGIN, size: 30 }]);
    expect(await watchFiles(witness, path.join(place(), "d.jsonl"))).toEqual([{ origin: SAMPLE_ORIGIN, size: 30 }]);
    expect((await watchFiles(witness, path.join(place(), "b.txt")))[0]?.problem).toMatch(/its end was cut/);
    expect(seen()).toBe(30);
  });

  it("finds a log that was written anew, whole as it is in itself", async () => {
    put("a.jsonl", await sampleExport(sampleLog(11), first));
    await watchFiles(witness, place());
    const events = sampleLog(24).events.toReversed();
    const read = async (level: number, index: number) => {
      const tree = new Frontier();
      for (const { leaf } of events.slice(index * 2 ** level, (index + 1) * 2 ** level)) tree.add(leaf);
      return tree.root();
    };
    put("b.jsonl", await sampleExport({ events, read }, first));
    expect((await watchFiles(witness, place()))[0]?.problem).toMatch(/does not go on/);
    expect(seen()).toBe(11);
  });

  it("follows a log over its next keys in an export of all of it", async () => {
    put("a.txt", sampleCheckpoint(log, 11, first));
    await watchFiles(witness, place());
    const [header = "", ...events] = await sampleExport(log, second);
    const renewals = [{ growth: await growth(20, 40), ...renewal(20) }];
    put("b.jsonl", [JSON.stringify({ ...JSON.parse(header), renewals }), ...events]);
    expect(await watchFiles(witness, place())).toEqual([{ origin: SAMPLE_ORIGIN, size: 40 }]);
    expect(state.seen(SAMPLE_ORIGIN)?.keys).toHaveLength(4);
  });

  it("says of what it cannot use which file it is", async () => {
    await expect(watchFiles(witness, place())).rejects.toMatchObject({ code: "not_found" });
    for (const [name, text] of [
      ["x.txt", "no checkpoint"],
      ["x.jsonl", "{}"],
      ["x.jsonl", ""],
      ["x.jsonl", "x"],
      ["x.jsonl", `${(await sampleExport(log, first))[0]}\n{}`],
    ] as const) {
      put(name, text);
      await expect(watchFiles(witness, path.join(place(), name))).rejects.toThrow(`${name} is neither`);
    }
  });
});

describe("a witness that is asked", () => {
  it("answers its own paths, small bodies, and what it saw by the hash of an origin", async () => {
    const { url, stop } = await serveWitness(witness, { host: "127.0.0.1", port: 0 });
    const ask = async (target: string, init: RequestInit = {}) => (await fetch(`${url}${target}`, init)).status;
    try {
      expect(await ask("/")).toBe(404);
      expect(await ask("/add-checkpoint")).toBe(405);
      expect(await ask("/add-checkpoint", { method: "POST", body: "x" })).toBe(400);
      expect(await ask("/add-checkpoint", { method: "POST", body: "x".repeat(600_000) })).toBe(413);
      const body = `old 0\n\n${sampleCheckpoint(log, 11, first)}`;
      expect(await ask("/add-checkpoint", { method: "POST", body })).toBe(200);
      const renewed = { origin: SAMPLE_ORIGIN, old: 11, proof: await growth(11, 20), ...renewal(20) };
      expect(await ask("/add-renewal", { method: "POST", body: JSON.stringify({ ...renewed, proof: [] }) })).toBe(422);
      expect(await ask("/add-renewal", { method: "POST", body: JSON.stringify(renewed) })).toBe(200);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(SAMPLE_ORIGIN)));
      const kept = await fetch(`${url}/${Buffer.from(digest).toString("hex")}/checkpoint`);
      expect(await kept.text()).toContain(`${SAMPLE_ORIGIN}\n11\n`);
    } finally {
      await stop();
    }
  });
});
