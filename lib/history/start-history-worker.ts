import { env } from "@/lib/env";
import { logger, roundEnded } from "@/lib/observability";
import { maintainHistory } from "./maintenance";
import { pollAllTargets } from "./poll-targets";

const MAINTAIN_MS = 3_600_000;

export interface HistoryWorker {
  stop(): Promise<void>;
}

/** Looks after partitions and retention, and asks targets for their alerts. Every process may run one. */
export function startHistoryWorker(): HistoryWorker {
  const onError = (error: unknown) => logger("history").error({ err: error }, "interrupted; it goes on later");
  const round = (name: string, work: () => Promise<void>) => () =>
    work().then(
      () => roundEnded(name),
      (error: unknown) => {
        roundEnded(name, error);
        onError(error);
      },
    );
  const seconds = env().HISTORY_POLL_SECONDS;
  const loops = [every(MAINTAIN_MS, round("history", maintainHistory))];
  if (seconds > 0)
    loops.push(
      every(
        seconds * 1000,
        round("polling", () => pollAllTargets(onError)),
      ),
    );
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
