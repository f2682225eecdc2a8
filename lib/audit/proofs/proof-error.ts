/** Why something was not proven. What a person reads is looked up by `code`. */
export type ProofErrorCode =
  | "malformed_key"
  | "malformed_note"
  | "malformed_checkpoint"
  | "malformed_proof"
  | "malformed_export"
  | "unknown_signer"
  | "bad_signature"
  | "missing_signature"
  | "other_log"
  | "not_in_log"
  | "not_consistent"
  | "event_differs"
  | "incomplete";

export class ProofError extends Error {
  readonly code: ProofErrorCode;

  constructor(code: ProofErrorCode, message: string) {
    super(message);
    this.name = "ProofError";
    this.code = code;
  }
}
