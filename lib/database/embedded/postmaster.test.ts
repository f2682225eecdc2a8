import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { clusterExists, createCluster } from "./cluster";
import { readPasswords } from "./passwords";
import { abort, isAlive, isPostmaster, launch, readPidFile } from "./postmaster";

const NOBODY_HAS_IT = 2 ** 22 + 1;
let folder: string;
let children: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-postmaster-"));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A shell script in place of one of PostgreSQL's programs. */
function program(name: string, script: string): void {
  writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

async function shell(script: string, ...args: string[]): Promise<{ pid: number; line: string }> {
  const child = spawn("/bin/sh", ["-c", script, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  if (!child.stdout) throw new Error("no output to read");
  for await (const line of createInterface({ input: child.stdout })) return { pid: child.pid ?? 0, line };
  throw new Error("the shell said nothing");
}

describe("postmaster.pid", () => {
  const write = (...lines: (string | number)[]) =>
    writeFileSync(path.join(folder, "postmaster.pid"), `${lines.join("\n")}\n`);

  test("tells who serves, where, and whether it is ready", () => {
    expect(readPidFile(folder)).toBeNull();
    write(71, folder, 0, 5433, "", "127.0.0.1", "", "ready   ");
    expect(readPidFile(folder)).toEqual({ pid: 71, port: 5433, ready: true });
    write(71, folder, 0, 5433, "", "127.0.0.1", "", "starting");
    expect(readPidFile(folder)).toMatchObject({ ready: false });
  });

  test.each(["", "-1", "nonsense", "0"])("says nothing when it holds %j", (text) => {
    write(text);
    expect(readPidFile(folder)).toBeNull();
  });
});

describe("a process", () => {
  test("is alive, gone, or dead and not yet buried", async () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(NOBODY_HAS_IT)).toBe(false);
    // `sleep` takes the shell's place and never asks how its child ended.
    const { line } = await shell("true & echo $!; exec sleep 60");
    await expect.poll(() => isAlive(Number(line))).toBe(false);
  });

  test.each([
    ["with ps", undefined],
    ["without ps", "/nowhere"],
  ])("is PostgreSQL on this folder by its command line, %s", async (_how, searched) => {
    const { pid } = await shell("echo up; sleep 60", "postgres", "-D", folder);
    const other = await shell("echo up; sleep 60", "postgres", "-D", "/elsewhere");
    if (searched) vi.stubEnv("PATH", searched);
    expect(isPostmaster(pid, folder)).toBe(true);
    expect(isPostmaster(other.pid, folder)).toBe(false);
    expect(isPostmaster(NOBODY_HAS_IT, folder)).toBe(false);
  });

  test("that ignores a polite signal is killed", async () => {
    const { pid } = await shell("trap '' QUIT; echo up; while :; do sleep 1; done");
    await abort(pid);
    expect(isAlive(pid)).toBe(false);
  });
});

describe("starting", () => {
  const options = () => ({
    folder,
    bin: folder,
    identity: { prefix: [] },
    port: 5433,
    logFile: path.join(folder, "postgres.log"),
    volatile: false,
  });

  test("fails with what the server said, and tells a port in use apart", async () => {
    program("postgres", 'echo "could not bind: Address already in use" >&2; exit 1');
    await expect(launch(options())).rejects.toMatchObject({
      code: "not_ready",
      message: "PostgreSQL did not start: could not bind: Address already in use",
      details: { inUse: true },
    });
    program("postgres", 'echo "$@" >&2; exit 1');
    const failure = launch(options());
    await expect(failure).rejects.toMatchObject({ details: { inUse: false } });
    await expect(failure).rejects.toThrow(/listen_addresses=127\.0\.0\.1.*unix_socket_directories= /);
    await expect(failure).rejects.not.toThrow(/already in use|fsync/);
  });

  test("fails at once when there is no such program, and begins its log anew when that grew too long", async () => {
    writeFileSync(path.join(folder, "postgres.log"), Buffer.alloc(9 * 1024 * 1024, "x"));
    await expect(launch(options())).rejects.toThrow(/PostgreSQL did not start: .*ENOENT/);
    expect(readFileSync(path.join(folder, "postgres.log"), "utf8")).toBe("");
  });

  test("a cluster that cannot be made leaves nothing that looks like one", () => {
    program("initdb", 'echo "no space left" >&2; exit 1');
    const data = path.join(folder, "data");
    expect(() => createCluster(data, folder, { prefix: [] }, "secret")).toThrow(/initdb failed: no space left/);
    expect(clusterExists(data)).toBe(false);
    program(
      "initdb",
      `shift; touch "$1/PG_VERSION"; for a in "$@"; do case $a in --pwfile=*) cat "\${a#--pwfile=}" > "$1/said";; esac; done`,
    );
    createCluster(data, folder, { prefix: [] }, "secret");
    expect(clusterExists(data)).toBe(true);
    expect(readFileSync(path.join(data, "said"), "utf8")).toBe("secret");
  });
});

test("passwords are made once, and never anew for a database that has some", () => {
  const file = path.join(folder, "passwords.json");
  expect(() => readPasswords(file, true)).toThrow(/is missing\. Put it back/);
  const made = readPasswords(file, false);
  expect(new Set(Object.values(made)).size).toBe(3);
  expect(readPasswords(file, true)).toEqual(made);
});
