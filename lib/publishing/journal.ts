import type { PublicationError, StepName, StepStatus } from "./contract";

/** What a step is about: a place (`prepare`, `write`, `restore_write`) or a replica (the others). */
export interface Subject {
  id: string;
  targetId: string;
  targetName: string;
  replica: string | null;
}

export interface Prepared {
  subject: Subject;
  digestBefore: string | null;
  digestAfter: string;
  /** The whole file as it was; `null` when there was none. Kept sealed. */
  before: string | null;
}

/**
 * The durable memory of one publication. Every method is one transaction and fails when the lease was lost, so a worker
 * that slept too long stops before its next act.
 */
export interface Journal {
  /** `null` until `prepare` has been recorded. */
  prepared(): Promise<Prepared[] | null>;
  prepare(places: Prepared[]): Promise<void>;
  status(step: StepName, subject: Subject): Promise<StepStatus>;
  /** The intent, before the act. */
  intend(step: StepName, subject: Subject): Promise<void>;
  record(step: StepName, subject: Subject, status: StepStatus, detail: string): Promise<void>;
  /** Once set, the publication only goes back. The first error stays. */
  error(): Promise<PublicationError | null>;
  recordError(error: PublicationError): Promise<void>;
}
