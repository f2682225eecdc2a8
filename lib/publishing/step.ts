import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import type { PublicationError, StepName, StepStatus } from "./contract";
import type { Journal, Subject } from "./journal";

/** Thrown to leave the forward path; anything else that is thrown is a crash and the publication is resumed later. */
export class Refusal extends Error {
  readonly error: PublicationError;
  constructor(error: PublicationError) {
    super(error.message);
    this.error = error;
  }
}

export interface StepResult {
  status: StepStatus;
  detail: string;
  error?: PublicationError;
}

/** Intent → act → outcome. A step that ended well in an earlier life is not done again. */
export async function step(
  journal: Journal,
  name: StepName,
  subject: Subject,
  act: () => Promise<StepResult>,
): Promise<StepStatus> {
  const known = await journal.status(name, subject);
  if (known === "done" || (name === "verify" && known === "unverified")) return known;
  await journal.intend(name, subject);
  failpoint(`${name}.intent`);
  const result = await act().catch((thrown: unknown): StepResult => {
    if (!(thrown instanceof AppError)) throw thrown;
    return {
      status: "failed",
      detail: thrown.message,
      error: {
        ...asPublicationError(thrown),
        target: subject.targetName,
        ...(subject.replica ? { replica: subject.replica } : {}),
      },
    };
  });
  failpoint(`${name}.acted`);
  await journal.record(name, subject, result.status, result.detail);
  failpoint(`${name}.done`);
  if (result.error) throw new Refusal(result.error);
  return result.status;
}

export function asPublicationError(thrown: unknown): PublicationError {
  if (thrown instanceof Refusal) return thrown.error;
  if (!(thrown instanceof AppError)) throw thrown;
  const { target, replica } = thrown.details;
  return {
    code: thrown.code,
    message: thrown.message,
    ...(typeof target === "string" ? { target } : {}),
    ...(typeof replica === "string" ? { replica } : {}),
  };
}
