import { setTimeout as delay } from "node:timers/promises";

export interface RetryOptions {
  attempts: number;
  baseMs?: number;
  maxMs?: number;
  retryIf?: (error: unknown) => boolean;
  signal?: AbortSignal;
  random?: () => number;
  sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

/** Exponential backoff with full jitter. The last error is the one that is thrown. Only for work that may run twice. */
export async function retry<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts, baseMs = 100, maxMs = 5_000, retryIf = () => true, signal, random = Math.random } = options;
  const sleep = options.sleep ?? ((ms: number, aborted?: AbortSignal) => delay(ms, undefined, { signal: aborted }));
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= attempts || !retryIf(error)) throw error;
      await sleep(random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)), signal);
    }
  }
}
