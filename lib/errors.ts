/** Every failure that may cross an edge (HTTP, CLI) carries one of these codes; anything else becomes `internal`. */
export const ERROR_CODES = {
  unauthenticated: 401,
  forbidden: 403,
  sso_required: 403,
  second_factor_required: 403,
  step_up_required: 403,
  not_found: 404,
  invalid_input: 422,
  weak_password: 422,
  conflict: 409,
  stale_version: 412,
  precondition_required: 428,
  too_large: 413,
  rate_limited: 429,
  csrf_refused: 403,
  has_error_diagnostics: 422,
  approval_needed: 409,
  publishing_frozen: 409,
  in_use: 409,
  quota_exceeded: 409,
  feature_missing: 403,
  tenant_suspended: 423,
  secret_placeholder: 422,
  foreign_file: 409,
  drifted: 409,
  log_inconsistent: 409,
  target_refused: 502,
  target_unreachable: 502,
  mail_failed: 502,
  outbound_refused: 403,
  key_mismatch: 503,
  not_ready: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** `message` is written for the person who reads it and says what to do; `details` holds plain JSON and never a secret. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_CODES[this.code];
  }
}
