import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type RunningApp, startApp } from "../running-app";

export const VICTIMS = ["web", "postgres", "supervisor"] as const;
export type Victim = (typeof VICTIMS)[number];

/** The product, whose processes get killed one at a time, and which is started again when none is left to do so. */
export class KillableApp {
  readonly #folder: string;
  readonly #settings: Record<string, string>;
  #app: RunningApp;
  #ended = false;

  private constructor(folder: string, settings: Record<string, string>, app: RunningApp) {
    this.#folder = folder;
    this.#settings = settings;
    this.#app = app;
    this.#watch(app);
  }

  static async start(folder: string, settings: Record<string, string>): Promise<KillableApp> {
    const app = await startApp(folder, settings);
    // Sessions and targets know the address, so it stays.
    return new KillableApp(folder, { ...settings, PORT: new URL(app.base).port }, app);
  }

  get current(): RunningApp {
    return this.#app;
  }

  /** False when there was nothing to kill: it was being started again just then. */
  kill(victim: Victim): boolean {
    const pid = this.#pidOf(victim);
    if (!pid) return false;
    try {
      process.kill(pid, "SIGKILL");
      return true;
    } catch {
      return false;
    }
  }

  /** Starts the command again when its process is gone, killed or because it gave up. */
  async revive(): Promise<void> {
    if (!this.#ended) return;
    this.#ended = false;
    this.#app = await startApp(this.#folder, this.#settings);
    this.#watch(this.#app);
  }

  #watch(app: RunningApp): void {
    void app.ended.then(() => {
      this.#ended = true;
    });
  }

  #pidOf(victim: Victim): number | null {
    if (victim === "supervisor") return this.#ended ? null : this.#app.pid;
    const postgres = this.#postmaster();
    return victim === "postgres" ? postgres : (this.#children().find((pid) => pid !== postgres) ?? null);
  }

  #postmaster(): number | null {
    try {
      return (
        Number(readFileSync(path.join(this.#app.dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]) || null
      );
    } catch {
      return null;
    }
  }

  #children(): number[] {
    const { stdout } = spawnSync("pgrep", ["-P", String(this.#app.pid)], { encoding: "utf8" });
    return stdout.split("\n").map(Number).filter(Boolean);
  }
}
