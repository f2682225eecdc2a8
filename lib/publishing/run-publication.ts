import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import type { FinalStatus, PublicationError } from "./contract";
import { databaseJournal } from "./database-journal";
import type { Journal } from "./journal";
import type { Lease } from "./lease";
import { restore } from "./restore";
import { runSaga } from "./saga";
import type { Work, World } from "./world";

export interface Ended {
  status: FinalStatus;
  error: PublicationError | null;
  work: Work | null;
}

/** What a publication needs of the other rooms. */
export interface Surroundings {
  world: World;
  /** Opens secrets and renders: in memory only, and again after a crash. */
  loadWork(lease: Lease): Promise<Work>;
  /** Only the places, for a restore when the rest cannot be loaded any more. */
  loadPlaces(lease: Lease): Promise<Work>;
  /** Maps the target's words to a place in the configuration, when it can. */
  explain(lease: Lease, error: PublicationError): Promise<PublicationError>;
  finish(lease: Lease, ended: Ended): Promise<void>;
}

/** So that an error nobody foresaw does not keep a tenant from publishing for ever. */
const MAX_ATTEMPTS = 20;

/** From wherever an earlier worker left it to its one end. */
export async function runPublication(lease: Lease, around: Surroundings): Promise<FinalStatus> {
  failpoint("claim.done");
  const stored = databaseJournal(lease);
  const journal: Journal = {
    ...stored,
    recordError: async (error) => stored.recordError(await around.explain(lease, error)),
  };
  const { status, work } = await carryOut(lease, around, journal);
  failpoint("finish.intent");
  await around.finish(lease, { status, work, error: await journal.error() });
  failpoint("finish.done");
  return status;
}

async function carryOut(
  lease: Lease,
  around: Surroundings,
  journal: Journal,
): Promise<{ status: FinalStatus; work: Work | null }> {
  let work: Work;
  try {
    if (lease.attempt > MAX_ATTEMPTS)
      throw new AppError("internal", "The publication was interrupted too often. The log of the server says why.");
    work = await around.loadWork(lease);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await journal.recordError({ code: error.code, message: error.message });
    const places = await around.loadPlaces(lease);
    return { status: await restore(places, around.world, journal), work: null };
  }
  return { status: await runSaga(work, around.world, journal), work };
}
