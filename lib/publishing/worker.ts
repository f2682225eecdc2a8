import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { retry } from "@/lib/resilience";
import { claimPublication, type Lease, LeaseLost, underLease } from "./lease";
import { runPublication, type Surroundings } from "./run-publication";

export interface WorkerOptions {
  pollMs?: number;
  leaseSeconds?: number;
  onError?: (error: unknown) => void;
}

export interface PublishingWorker {
  /** Finishes the publication under way, then stops. */
  stop(): Promise<void>;
}

const AFTER_ERROR_MS = 2_000;
/** More, and the publication is left to whoever claims it next, which is counted. */
const TRIES = 5;

/** Takes publications one after the other; several workers, in one process or in many, share them by lease. */
export function startWorker(around: Surroundings, options: WorkerOptions = {}): PublishingWorker {
  const { pollMs = 500, leaseSeconds = 15, onError = () => {} } = options;
  const worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const stopping = new AbortController();

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pause = pollMs;
      try {
        if (await workOnce()) continue;
      } catch (error) {
        onError(error);
        pause = Math.max(pollMs, AFTER_ERROR_MS);
      }
      await delay(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  }

  async function workOnce(): Promise<boolean> {
    const lease = await claimPublication(worker, leaseSeconds);
    if (!lease) return false;
    const beat = setInterval(() => void renew(lease), (leaseSeconds * 1000) / 3);
    try {
      await carryOn(lease);
      return true;
    } catch (error) {
      if (error instanceof LeaseLost) return true;
      // Neither done nor refused: the database went away, say. The lease runs out and somebody tries again.
      throw error;
    } finally {
      clearInterval(beat);
    }
  }

  // A database that went away is mostly back soon, and to go on is quicker than to wait until the lease has run out.
  async function carryOn(lease: Lease): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await runPublication(lease, around);
        return;
      } catch (error) {
        if (error instanceof LeaseLost || tries === TRIES || stopping.signal.aborted) throw error;
        onError(error);
        await delay(AFTER_ERROR_MS);
      }
    }
  }

  // A step may take longer than the lease: a reload waits for up to half a minute.
  async function renew(lease: Lease): Promise<void> {
    await retry(() => underLease(lease, async () => {}), {
      attempts: 3,
      retryIf: (error) => !(error instanceof LeaseLost),
    }).catch(() => {});
  }

  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
