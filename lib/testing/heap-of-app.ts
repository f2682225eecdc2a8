import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningApp } from "./running-app";

const SIGNAL = "SIGUSR2";

/** Settings of an app whose memory is looked at: on a signal each of its processes writes what it holds into this folder. */
export function withHeapSnapshots(folder: string): Record<string, string> {
  return { NODE_OPTIONS: `--heapsnapshot-signal=${SIGNAL} --diagnostic-dir=${folder}` };
}

/** The file in which the process that answers requests has written what it holds, after what nobody holds any more went. */
export async function heapOf({ pid, dataDir }: Pick<RunningApp, "pid" | "dataDir">, folder: string): Promise<string> {
  const postgres = Number(readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  const children = `/proc/${pid}/task/${pid}/children`;
  const found = existsSync(children)
    ? readFileSync(children, "utf8")
    : spawnSync("pgrep", ["-P", String(pid)], { encoding: "utf8" }).stdout;
  const web = found
    .split(/\s+/)
    .filter(Boolean)
    .map(Number)
    .find((child) => child !== postgres);
  if (web === undefined) throw new Error("No process answers requests.");
  process.kill(web, SIGNAL);
  for (let waited = 0; waited < 120; waited++) {
    await sleep(500);
    const file = readdirSync(folder).find(
      (name) => name.endsWith(".heapsnapshot") && name.split(".").includes(String(web)),
    );
    if (file && isWhole(path.join(folder, file))) return path.join(folder, file);
  }
  throw new Error("The process did not write what it holds.");
}

/** It is one JSON object, written bit by bit. */
function isWhole(file: string): boolean {
  const { size } = statSync(file);
  const end = Buffer.alloc(Math.min(size, 4));
  const handle = openSync(file, "r");
  readSync(handle, end, 0, end.length, size - end.length);
  closeSync(handle);
  return end.toString("latin1").trimEnd().endsWith("]}");
}
