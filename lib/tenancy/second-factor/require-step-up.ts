import { AppError } from "@/lib/errors";

const FRESH_MS = 15 * 60_000;

interface SteppedUp {
  /** The person has a second factor, or the tenant demands one. */
  asked: boolean;
  steppedUpAt: Date;
}

/** Throws `step_up_required` when nobody proved for a quarter of an hour that it is still the same person who asks. */
export function requireStepUp(session: SteppedUp | undefined, now = new Date()): void {
  if (!session?.asked || now.getTime() - session.steppedUpAt.getTime() < FRESH_MS) return;
  throw new AppError("step_up_required", "Prove once more that it is you: this needs a proof of the last 15 minutes.");
}
