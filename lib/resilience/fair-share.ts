import { AsyncLocalStorage } from "node:async_hooks";
import { AppError } from "@/lib/errors";

export interface FairShare {
  /**
   * Runs `work` when fewer than `most` of this key run; until then it waits its turn. What work itself starts with the same key
   * runs at once, in its place. Throws `not_ready` when too many wait, or one too long.
   */
  run<T>(key: string, most: number, work: () => Promise<T>): Promise<T>;
}

interface Line {
  running: number;
  waiting: Set<() => void>;
}

/** Keeps one key (a tenant) from holding all of what everybody shares (connections to the database). */
export function fairShare({ mostWaiting = 500, waitMs = 10_000 } = {}): FairShare {
  const lines = new Map<string, Line>();
  const holding = new AsyncLocalStorage<string>();

  function wait(line: Line): Promise<void> {
    if (line.waiting.size >= mostWaiting) throw tooBusy();
    return new Promise((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        line.waiting.delete(turn);
        reject(tooBusy());
      }, waitMs);
      line.waiting.add(turn);
    });
  }

  return {
    async run(key, most, work) {
      if (holding.getStore() === key) return work();
      const line = lines.get(key) ?? { running: 0, waiting: new Set() };
      lines.set(key, line);
      // Whoever leaves hands over the place, so nobody slips in between.
      if (line.running >= most) await wait(line);
      else line.running++;
      try {
        return await holding.run(key, work);
      } finally {
        const [next] = line.waiting;
        if (next && line.waiting.delete(next)) next();
        else if (--line.running === 0) lines.delete(key);
      }
    },
  };
}

function tooBusy(): AppError {
  return new AppError("not_ready", "Too many requests of this tenant wait already. Try again in a moment.");
}
