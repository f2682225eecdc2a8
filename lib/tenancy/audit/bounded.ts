import { logger } from "@/lib/observability";

/** Writes one event that tells of what happened `times` times. */
export type Write = (times: number) => Promise<void>;

interface Window {
  group: string;
  more: number;
  write: Write;
  timer: NodeJS.Timeout;
}

/** `key`: what is one thing; `group`: what may have so many things at once, and is counted together beyond them. */
export interface Occurrence {
  key: string;
  group: string;
  write: Write;
  /** When the group is full: tells no more than the group. */
  writeGroup: Write;
}

/**
 * Keeps somebody who does the same thing again and again from filling a log: the first time is written at once, what follows
 * within the window is counted and written as one event at its end. In this process' memory.
 */
export class Bounded {
  readonly #windows = new Map<string, Window>();
  readonly #perGroup = new Map<string, number>();
  readonly #writing = new Set<Promise<void>>();
  readonly #windowMs: number;
  readonly #most: number;

  constructor({ windowMs = 60_000, most }: { windowMs?: number; most: number }) {
    this.#windowMs = windowMs;
    this.#most = most;
  }

  /** Resolves when it is written, or counted. */
  async record({ key, group, write, writeGroup }: Occurrence): Promise<void> {
    if (this.#counted(key)) return;
    if ((this.#perGroup.get(group) ?? 0) < this.#most) return this.#open(key, group, write);
    const together = `${group} *`;
    if (this.#counted(together)) return;
    return this.#open(together, together, writeGroup);
  }

  #counted(key: string): boolean {
    const window = this.#windows.get(key);
    if (window) window.more += 1;
    return window !== undefined;
  }

  async #open(key: string, group: string, write: Write): Promise<void> {
    const timer = setTimeout(() => this.#end(key), this.#windowMs);
    timer.unref();
    this.#windows.set(key, { group, more: 0, write, timer });
    this.#perGroup.set(group, (this.#perGroup.get(group) ?? 0) + 1);
    await this.#run(write, 1);
  }

  /** What was counted is written and a new window begins; nothing counted: it is forgotten. */
  #end(key: string): void {
    const window = this.#windows.get(key);
    if (!window) return;
    clearTimeout(window.timer);
    this.#windows.delete(key);
    const left = (this.#perGroup.get(window.group) ?? 1) - 1;
    if (left > 0) this.#perGroup.set(window.group, left);
    else this.#perGroup.delete(window.group);
    if (window.more === 0) return;
    this.#run(window.write, window.more).catch((error: unknown) => {
      logger("audit").error({ err: error }, "what was counted could not be written");
    });
  }

  #run(write: Write, times: number): Promise<void> {
    const writing = write(times).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
    return writing;
  }

  /** Writes all that was counted so far, and waits for what is being written. */
  async flush(): Promise<void> {
    for (const key of [...this.#windows.keys()]) this.#end(key);
    await Promise.allSettled([...this.#writing]);
  }
}
