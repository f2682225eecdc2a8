import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { askReady } from "./ready";

export interface WebProcess {
  /** Resolves when the process ended for good, with what to tell. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

const SHORT_LIFE = 10_000;
const SHORT_LIVES_ALLOWED = 3;

/** Runs the built app and starts it again when it dies; gives up when it dies young three times in a row. */
export function runWebProcess(root: string): WebProcess {
  let child: ChildProcess;
  let stopping = false;
  let shortLives = 0;
  let finish: (reason: string) => void;
  const ended = new Promise<string>((resolve) => {
    finish = resolve;
  });

  const launch = () => {
    const born = Date.now();
    child = spawn(
      process.execPath,
      [
        "--import",
        path.join(root, "dist/web-preload.mjs"),
        "--enable-source-maps",
        // What a request makes lives for a moment: with room for that, little of it is looked at again and again.
        "--max-semi-space-size=32",
        path.join(root, ".next/standalone/server.js"),
      ],
      { cwd: root, stdio: ["ignore", "inherit", "inherit", "ipc"] },
    );
    child.once("exit", async (code, signal) => {
      if (stopping) return finish("stopped");
      shortLives = Date.now() - born < SHORT_LIFE ? shortLives + 1 : 0;
      if (shortLives >= SHORT_LIVES_ALLOWED) return finish(`The web process keeps ending (${signal ?? code}).`);
      await sleep(250 * 2 ** shortLives);
      if (!stopping) launch();
    });
  };
  launch();

  return {
    ended,
    stop: async () => {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(patience);
    },
  };
}

/** Waits until the app says that it can serve; when it does not, throws what it said last. */
export async function untilReady(ended: Promise<string>): Promise<void> {
  let dead: string | undefined;
  let said = "it does not answer";
  void ended.then((reason) => {
    dead = reason;
  });
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(100)) {
    if (dead) throw new Error(dead);
    const answer = await askReady().catch(() => null);
    if (answer?.status === 200) return;
    said = answer?.body ?? said;
  }
  throw new Error(`The app did not become ready: ${said}`);
}
