import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/errors";

export interface GivingWay {
  /** Of everybody's requests: who is there. */
  seen(key: string): void;
  /**
   * The turn of one that gives way (a program): at once while there is room; beside others on a busy process, it is paced. Throws
   * `rate_limited` when it would wait too long.
   */
  turn(key: string): Promise<void>;
}

interface Options {
  /** The share of the time, 0 to 1, in which the process worked since this was asked last. */
  load?: () => number;
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
}

interface Pace {
  perSecond: number;
  /** When the next one may begin. */
  next: number;
}

const LOOK_MS = 100;
const BUSY = 0.5;
const CALM = 0.35;
/** So much is everybody's, however busy it is. */
const LEAST = 20;
const SLOWER = 0.7;
const FASTER = 1.1;
const LONGEST_WAIT_MS = 2_000;
const PRESENT_MS = 1_000;
const MOST_KEYS = 1_000;

function eventLoopLoad(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}

/**
 * Programs of one tenant, as many as its tier allows, must not be what the people of another wait for: while the process is busy
 * and others are there, whoever asks more than LEAST a second is slowed down step by step, and may go faster when it is calm.
 */
export function givingWay({
  load = eventLoopLoad(),
  now = () => performance.now(),
  wait = sleep,
}: Options = {}): GivingWay {
  const present = new Map<string, number>();
  const counts = new Map<string, number>();
  const paces = new Map<string, Pace>();
  let looked = now();

  function look(at: number): void {
    const seconds = (at - looked) / 1_000;
    if (seconds * 1_000 < LOOK_MS) return;
    looked = at;
    const worked = load();
    for (const [key, last] of present) if (at - last > PRESENT_MS) present.delete(key);
    if (worked > BUSY && present.size > 1) {
      for (const [key, count] of counts) {
        const rate = Math.min(count / seconds, paces.get(key)?.perSecond ?? Number.POSITIVE_INFINITY);
        if (rate <= LEAST) continue;
        paces.set(key, { perSecond: Math.max(LEAST, rate * SLOWER), next: paces.get(key)?.next ?? at });
      }
    } else if (worked < CALM || present.size <= 1) {
      for (const [key, pace] of paces) {
        pace.perSecond *= FASTER;
        // It asks for much less than it may.
        if (pace.next <= at && (counts.get(key) ?? 0) / seconds < pace.perSecond / 2) paces.delete(key);
      }
    }
    counts.clear();
  }

  function seen(key: string): void {
    const at = now();
    present.delete(key);
    present.set(key, at);
    if (present.size > MOST_KEYS) present.delete(present.keys().next().value ?? key);
    look(at);
  }

  return {
    seen,
    async turn(key) {
      seen(key);
      const at = now();
      const pace = paces.get(key);
      if (!pace) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return;
      }
      const due = Math.max(at, pace.next);
      if (due - at > LONGEST_WAIT_MS) {
        throw new AppError(
          "rate_limited",
          "Others are at work too, and this tenant's programs ask a lot. Go on in 1 s.",
          {
            retryAfter: 1,
          },
        );
      }
      counts.set(key, (counts.get(key) ?? 0) + 1);
      pace.next = due + 1_000 / pace.perSecond;
      if (due > at) await wait(due - at);
    },
  };
}
