import { env } from "@/lib/env";
import { logger } from "@/lib/observability";
import { maintainHistory } from "./maintenance";
import { pollAllTargets } from "./poll-targets";

const MAINTAIN_MS = 3_600_000;

export interface HistoryWorker {
  stop(): Promise<void>;
}

/** Looks after partitions and retention, and asks targets for their alerts. Every process may run one. */
export function startHistoryWorker(): HistoryWorker {
  const onError = (error: unknown) => logger("history").error({ err: error }, "interrupted; it goes on later");
  const seconds = env().HISTORY_POLL_SECONDS;
  const loops = [every(MAINTAIN_MS, () => maintainHistory().catch(onError))];
  if (seconds > 0) loops.push(every(seconds * 1000, () => pollAllTargets(onError).catch(onError)));
  return {
    stop: async () => {
      await Promise.all(loops.map((stop) => stop()));
    },
  };
}

/** At once, and then again so long after each end. */
function every(ms: number, work: () => Promise<void>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async (): Promise<void> => {
    await work();
    if (stopped) return;
    timer = setTimeout(() => {
      running = run();
    }, ms);
    timer.unref();
  };
  let running = run();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
