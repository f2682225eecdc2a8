import { recordOutcome } from "@/lib/configuration";
import { withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import { systemContext } from "@/lib/tenancy";
import { finishPublication } from "./finish-publication";
import type { Lease } from "./lease";
import { explain, loadPlaces, loadWork } from "./load-work";
import { OUTSIDE } from "./outside-world";
import type { Ended } from "./run-publication";
import { runSchedules } from "./run-schedules";
import { watchDrift } from "./watch-drift";
import { watchReviewers } from "./watch-reviewers";
import { type PublishingWorker, startWorker, type WorkerOptions } from "./worker";

const DRIFT_MS = 60_000;
const SCHEDULE_MS = 1_000;
const REVIEWERS_MS = 30_000;

/** One per server process; every process may run one. */
export function startPublishingWorker(options: WorkerOptions = {}): PublishingWorker {
  const onError = (error: unknown) => logger("publishing").error({ err: error }, "interrupted; it goes on later");
  const worker = startWorker({ world: OUTSIDE, loadWork, loadPlaces, explain, finish }, { onError, ...options });
  const stopWatching = watchDrift(DRIFT_MS, onError);
  const stopReviewers = watchReviewers(REVIEWERS_MS, onError);
  const stopSchedules = runSchedules(options.pollMs ?? SCHEDULE_MS, onError);
  return {
    stop: async () => {
      stopWatching();
      stopReviewers();
      await stopSchedules();
      await worker.stop();
    },
  };
}

/** The change first, which may be told twice, and then the one transition: a crash between them repeats the first. */
async function finish(lease: Lease, ended: Ended): Promise<void> {
  await tellChange(lease, ended);
  await finishPublication(lease, ended);
}

async function tellChange({ tenantId, publicationId }: Lease, { status, error }: Ended): Promise<void> {
  const row = await withTenant(tenantId, (tx) => tx.publication.findUniqueOrThrow({ where: { id: publicationId } }));
  if (row.changeId === null) return;
  const published = status === "verified" || status === "unverified";
  const reason = (error?.message ?? "").slice(0, 500);
  const ctx = await systemContext(tenantId, `publication ${publicationId}`);
  try {
    await recordOutcome(ctx, { id: row.changeId, revision: row.revision, published, reason });
  } catch (refusal) {
    // The change is in a state that this outcome does not fit: what lies at the targets is told all the same.
    if (!(refusal instanceof AppError)) throw refusal;
    logger("publishing").warn({ err: refusal, publicationId }, "the change did not take the outcome");
  }
}
