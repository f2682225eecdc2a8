import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatVerifierKey, toBase64 } from "@/lib/audit/proofs/contract";
import { proveConsistency } from "@/lib/audit/proofs/tree";
import { sampleCheckpoint, sampleLog, sampleSigners } from "@/lib/audit/testing/sample-log";
import { formatRequest } from "./contract";
import { readSigners } from "./key-file";
import { StateFile } from "./state-file";

const ROUNDS = process.env.SOAK ? 50 : 4;
const ORIGIN = "log.example/killed";
const signers = sampleSigners(ORIGIN).slice(0, 1);
const LOG = formatVerifierKey(signers[0]!.key);
const log = sampleLog(400);
// In the project, so that its packages are found.
const folder = mkdtempSync(path.join(process.cwd(), "node_modules/.signalbox-witness-"));
const program = path.join(folder, "program.mjs");
const [keys, state] = [path.join(folder, "keys.json"), path.join(folder, "state.json")];
const running = new Set<ChildProcess>();

beforeAll(async () => {
  await build({
    entryPoints: [path.join(import.meta.dirname, "testing/witness-process.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "server-only": path.join(process.cwd(), "lib/testing/server-only.ts") },
  });
});
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function start(failpoint = ""): Promise<{ url: string; child: ChildProcess; ended: Promise<unknown> }> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "test",
    LOG_LEVEL: "silent",
    SIGNALBOX_FAILPOINT: failpoint,
  };
  const child = spawn(process.execPath, [program, keys, state, LOG], { env, stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  const ended = once(child, "exit").then(() => running.delete(child));
  const [url] = await once(createInterface({ input: child.stdout! }), "line");
  return { url: String(url), child, ended };
}

async function request(old: number, size: number): Promise<string> {
  const proof = await proveConsistency(log.read, old, size);
  return formatRequest(old, proof.map(toBase64), sampleCheckpoint(log, size, signers));
}
const post = (url: string, body: string) => fetch(`${url}/add-checkpoint`, { method: "POST", body });
function sizeOnDisk(): number {
  const file = new StateFile(state);
  const size = file.seen(ORIGIN)?.size ?? 0;
  file.close();
  return size;
}

test("killed at any moment it remembers all that it vouched for, and goes on", async () => {
  let answered = 0;
  for (const point of ["witness.written", "witness.moved"]) {
    const before = answered;
    const { url, ended } = await start(point);
    await expect(post(url, await request(before, before + 5))).rejects.toThrow();
    await ended;
    // Nobody was answered, so either is right; the moved one is there.
    expect(sizeOnDisk()).toBe(point === "witness.written" ? before : before + 5);
    answered = sizeOnDisk();
  }
  for (let round = 0; round < ROUNDS; round++) {
    const { url, child, ended } = await start();
    let planned = false;
    for (let size = answered; size < 399; ) {
      const answer = await post(url, await request(size, size + 1)).catch(() => undefined);
      if (answer === undefined) break;
      // Somewhere among the next ones, however slow the machine is.
      if (!planned) setTimeout(() => child.kill("SIGKILL"), 10 + ((round * 37) % 160));
      planned = true;
      // 409: it had kept one that it could not answer any more.
      const { status } = answer;
      expect([200, 409]).toContain(status);
      size = status === 200 ? size + 1 : Number(await answer.text());
      if (status === 200) answered = size;
      expect(size).toBeGreaterThanOrEqual(answered);
    }
    child.kill("SIGKILL");
    await ended;
    expect(sizeOnDisk()).toBeGreaterThanOrEqual(answered);
    answered = sizeOnDisk();
  }
  expect(answered).toBeGreaterThan(5);
});

test("one process has the file, nobody else reads the keys, and a broken memory is an error", async () => {
  const file = new StateFile(state);
  const child = spawn(process.execPath, [program, keys, state, LOG], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += String(chunk);
  });
  const [code] = await once(child, "close");
  expect(code).not.toBe(0);
  expect(said).toContain("Another witness");
  file.close();
  expect(statSync(keys).mode & 0o777).toBe(0o600);
  expect(statSync(state).mode & 0o777).toBe(0o600);
  expect(() => readSigners(keys, "witness.example/other")).toThrow(/are those of witness.example\/killed/);
  expect(() => readSigners(path.join(folder, "none.json"), undefined)).toThrow(/--name/);
  writeFileSync(state, '{"log.example');
  expect(() => new StateFile(state)).toThrow(/Bring it back from a backup/);
  expect(readdirSync(folder).filter((name) => name.endsWith(".lock"))).toEqual([]);
});
