import { failpoint } from "@/lib/resilience";
import type { FinalStatus } from "./contract";
import { forward } from "./forward";
import type { Journal } from "./journal";
import { restore } from "./restore";
import { asPublicationError } from "./step";
import type { Work, World } from "./world";

/**
 * Forward: prepare → write → reload → verify; after the first refusal only backward. Each step records its intent, acts in
 * a way that may be repeated, and records the outcome. So it may be called again after a crash at any point.
 */
export async function runSaga(work: Work, world: World, journal: Journal): Promise<FinalStatus> {
  let error = await journal.error();
  if (!error) {
    try {
      const allProven = await forward(work, world, journal);
      return allProven ? "verified" : "unverified";
    } catch (thrown) {
      error = asPublicationError(thrown);
      await journal.recordError(error);
      failpoint("error.done");
    }
  }
  return restore(work, world, journal);
}
