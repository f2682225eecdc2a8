import { AppError } from "@/lib/errors";
import type { HeardAlert } from "./heard-alert";

export interface IntakeOptions {
  store(tenantId: string, alerts: readonly HeardAlert[]): Promise<void>;
  /** Alerts that may wait for each tenant; beyond it senders are told to come again. */
  maxWaiting?: number;
  /** Alerts in one transaction. */
  maxBatch?: number;
}

interface Waiting {
  alerts: readonly HeardAlert[];
  resolve(): void;
  reject(error: unknown): void;
}

interface Queue {
  waiting: Waiting[];
  count: number;
  busy: boolean;
}

/**
 * Gathers what arrives while the transaction before is under way, and commits it together: the more comes, the larger the
 * batches. A sender is answered when its alerts are committed, so nothing that was acknowledged is lost.
 */
export class Intake {
  readonly #queues = new Map<string, Queue>();
  readonly #store: IntakeOptions["store"];
  readonly #maxWaiting: number;
  readonly #maxBatch: number;

  constructor({ store, maxWaiting = 50_000, maxBatch = 5_000 }: IntakeOptions) {
    this.#store = store;
    this.#maxWaiting = maxWaiting;
    this.#maxBatch = maxBatch;
  }

  accept(tenantId: string, alerts: readonly HeardAlert[]): Promise<void> {
    if (alerts.length === 0) return Promise.resolve();
    const queue = this.#queues.get(tenantId) ?? { waiting: [], count: 0, busy: false };
    this.#queues.set(tenantId, queue);
    if (queue.count > 0 && queue.count + alerts.length > this.#maxWaiting) {
      throw new AppError("not_ready", "More alerts arrive than can be stored. Send them again in a moment.");
    }
    return new Promise((resolve, reject) => {
      queue.waiting.push({ alerts, resolve, reject });
      queue.count += alerts.length;
      if (!queue.busy) void this.#drain(tenantId, queue);
    });
  }

  async #drain(tenantId: string, queue: Queue): Promise<void> {
    queue.busy = true;
    while (queue.waiting.length > 0) {
      const batch = this.#take(queue);
      const alerts = batch.flatMap((one) => one.alerts);
      try {
        await this.#store(tenantId, alerts);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      queue.count -= alerts.length;
    }
    this.#queues.delete(tenantId);
  }

  #take(queue: Queue): Waiting[] {
    let size = 0;
    const end = queue.waiting.findIndex(({ alerts }, index) => {
      size += alerts.length;
      return size > this.#maxBatch && index > 0;
    });
    return queue.waiting.splice(0, end < 0 ? queue.waiting.length : end);
  }
}
