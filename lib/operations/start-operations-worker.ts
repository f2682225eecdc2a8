import { logger, roundEnded } from "@/lib/observability";
import { writeUses } from "@/lib/secrets";
import { archiveOldEvents, purgeTenants, repairDirectory } from "@/lib/tenancy";
import { tendKeys } from "./keys";
import { measureUsage } from "./measure";

const MEASURE_MS = 30_000;
const PURGE_MS = 300_000;
const REPAIR_MS = 60_000;
const ARCHIVE_MS = 6 * 3_600_000;
const USES_MS = 5_000;
const KEYS_MS = 60_000;

/** Measures what tenants use, removes those whose grace is over, lets the directory follow logs that lie elsewhere, empties what the log keeps no longer, and looks after keys. Every process may run one. Returns how to stop. */
export function startOperationsWorker(): { stop(): Promise<void> } {
  const onError = (error: unknown) => logger("operations").error({ err: error }, "interrupted; it goes on later");
  const loops = [
    every(MEASURE_MS, "usage", () => measureUsage(onError), onError),
    every(PURGE_MS, "purge", purgeTenants, onError),
    every(REPAIR_MS, "directory", repairDirectory, onError),
    every(ARCHIVE_MS, "archive", () => archiveOldEvents(), onError),
    every(USES_MS, "key-uses", writeUses, onError),
    every(KEYS_MS, "keys", tendKeys, onError),
  ];
  return {
    stop: async () => {
      await Promise.all(loops.map((stop) => stop()));
    },
  };
}

function every(
  ms: number,
  name: string,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const round = () => {
    if (busy) return;
    busy = true;
    running = work()
      .then(
        () => roundEnded(name),
        (error: unknown) => {
          roundEnded(name, error);
          onError(error);
        },
      )
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(round, ms);
  timer.unref();
  round();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
