import { logger } from "@/lib/observability";
import { carryOutErasures } from "./carry-out";

const ROUND_MS = 15_000;

/** Goes on with erasures that a process left behind. Every process may run one. Returns how to stop. */
export function startPrivacyWorker(): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const round = () => {
    if (busy) return;
    busy = true;
    running = carryOutErasures()
      .catch((error: unknown) => logger("privacy").error({ err: error }, "an erasure waits; it goes on later"))
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(round, ROUND_MS);
  timer.unref();
  round();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
