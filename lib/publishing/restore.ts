import type { OpenReplica } from "@/lib/targets";
import type { FinalStatus } from "./contract";
import type { Journal, Prepared } from "./journal";
import { Refusal, type StepResult, step } from "./step";
import { type PlaceWork, placeSubject, replicaSubject, secretsAt, type Work, type World } from "./world";

/**
 * Puts the previous bytes back at every place that may have been written and has every replica load them. `restored` is
 * only said when that is known; otherwise `failed`, and the steps say where.
 */
export async function restore(work: Work, world: World, journal: Journal): Promise<FinalStatus> {
  const prepared = await journal.prepared();
  if (!prepared) return "failed";
  const touched: { work: PlaceWork; was: Prepared }[] = [];
  // A target that an operator deleted meanwhile cannot be brought back, and that is not "restored".
  let whole = true;
  for (const was of prepared) {
    if ((await journal.status("write", was.subject)) === "pending") continue;
    const place = work.places.find((candidate) => candidate.place.id === was.subject.id);
    if (place) touched.push({ work: place, was });
    else whole = false;
  }
  if (touched.length === 0) return "failed";
  for (const { work: place, was } of touched)
    whole = (await attempt(journal, "restore_write", place, was, world)) && whole;
  for (const replica of work.replicas) {
    const at = touched.find(({ was }) => was.subject.id === replica.placeId);
    if (at) whole = (await reloadAgain(work, world, journal, replica, at.was)) && whole;
  }
  return whole ? "restored" : "failed";
}

async function attempt(
  journal: Journal,
  name: "restore_write",
  { place }: PlaceWork,
  was: Prepared,
  world: World,
): Promise<boolean> {
  return succeeded(
    step(journal, name, placeSubject(place), async () => {
      // The folder of the previous templates was not removed, so the configuration alone brings everything back.
      await world.replace(place, was.digestAfter, was.before === null ? null : { text: was.before, templates: [] });
      return { status: "done", detail: "" };
    }),
  );
}

/**
 * A replica that never accepted the new file still runs the old one, whatever happens now. One that accepted it, or may
 * have, must be seen to load the old one.
 */
async function reloadAgain(
  work: Work,
  world: World,
  journal: Journal,
  replica: OpenReplica,
  was: Prepared,
): Promise<boolean> {
  const subject = replicaSubject(replica);
  const forward = await journal.status("reload", subject);
  const mayRunNew = forward === "done" || forward === "running" || forward === "unverified";
  return succeeded(
    step(journal, "restore_reload", subject, async (): Promise<StepResult> => {
      if (was.before === null) {
        const detail = "There was no configuration before that it could load.";
        return mayRunNew ? failed(detail) : { status: "skipped", detail };
      }
      const outcome = await world.reload(replica, secretsAt(work, replica));
      if (outcome.kind !== "accepted")
        return mayRunNew ? failed(outcome.words) : { status: "skipped", detail: outcome.words };
      const proof = await world.verify(replica, was.before);
      if (proof.kind === "mismatch")
        return mayRunNew ? failed(proof.detail) : { status: "skipped", detail: proof.detail };
      return proof.kind === "verified"
        ? { status: "done", detail: "" }
        : { status: "unverified", detail: proof.detail };
    }),
  );
}

function failed(detail: string): StepResult {
  return { status: "failed", detail, error: { code: "target_refused", message: detail } };
}

async function succeeded(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
