type Release = () => void;

export interface PeopleFirst {
  /** A person's request began. Call what this gives when it ended. */
  person(): Release;
  /**
   * The turn of a program's request: resolves with what to call when it ended, or with `null` when it would wait too long. `key`:
   * whose it is; those who wait have their turns one after the other.
   */
  program(key: string): Promise<Release | null>;
}

interface Waiting {
  since: number;
  go(release: Release | null): void;
}

/** So many programs at once where no person is near, and beside people. */
const ALONE = 16;
const BESIDE = 1;
const NEAR_MS = 1_000;
/** However many people are there, one program begins in this time. */
const PATIENCE_MS = 50;
const LONGEST_WAIT_MS = 5_000;
const MOST_WAITING = 100;
const MOST_KEYS = 1_000;
/** Whoever takes longer waits for something else, or streams: it is not what others of this process wait for. */
const COUNTS_MS = 250;

/**
 * What one process does for programs waits until it does nothing for people, who would notice: a program that asks as much as it
 * may takes the time that is left, and those of several tenants share it.
 */
export function peopleFirst(now: () => number = () => performance.now()): PeopleFirst {
  const lines = new Map<string, Waiting[]>();
  let people = 0;
  let programs = 0;
  let lastPerson = Number.NEGATIVE_INFINITY;
  let lastBegan = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  function counted(change: (by: 1 | -1) => void): Release {
    change(1);
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      clearTimeout(slow);
      change(-1);
      // First what has arrived by now is read: it may be a person's.
      setImmediate(admit);
    };
    const slow = setTimeout(end, COUNTS_MS);
    slow.unref();
    return end;
  }

  /** Whose turn it is; their line goes to the end. */
  function next(): Waiting | undefined {
    const [first] = lines;
    if (!first) return undefined;
    const [key, line] = first;
    lines.delete(key);
    const waiting = line.shift();
    if (line.length > 0) lines.set(key, line);
    return waiting;
  }

  function oldest(): number {
    return Math.min(...[...lines.values()].map(([first]) => first?.since ?? Number.POSITIVE_INFINITY));
  }

  function giveUp(at: number): void {
    for (const [key, line] of lines) {
      while (line[0] && at - line[0].since >= LONGEST_WAIT_MS) line.shift()?.go(null);
      if (line.length === 0) lines.delete(key);
    }
  }

  function admit(): void {
    clearTimeout(timer);
    giveUp(now());
    while (lines.size > 0) {
      const at = now();
      const room = people > 0 || at - lastPerson < NEAR_MS ? BESIDE : ALONE;
      const overdue = Math.max(lastBegan, oldest()) + PATIENCE_MS;
      if ((people > 0 || programs >= room) && at < overdue) {
        timer = setTimeout(admit, Math.max(1, overdue - at));
        timer.unref();
        return;
      }
      lastBegan = at;
      next()?.go(
        counted((by) => {
          programs += by;
        }),
      );
    }
  }

  return {
    person: () => {
      lastPerson = now();
      return counted((by) => {
        people += by;
      });
    },
    program: (key) =>
      new Promise((go) => {
        const line = lines.get(key) ?? [];
        if (line.length >= MOST_WAITING || (line.length === 0 && lines.size >= MOST_KEYS)) return go(null);
        line.push({ since: now(), go });
        lines.set(key, line);
        admit();
      }),
  };
}
