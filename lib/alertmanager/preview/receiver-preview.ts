import type { IntegrationKey, Path } from "../config/types";
import type { PostedAlert } from "../notifications/alerts";
import type { HttpRequest, SmtpRequest } from "../notifications/request";

/** One situation that a receiver is shown in. The built-in ones are named by `PREVIEW_CASES`. */
export interface PreviewCase {
  id: string;
  alerts: readonly PostedAlert[];
}

export type PreviewOutcome = "sent" | "silent" | "failed" | "crashed";

/** What one integration sends in one case. Secrets stand in it as `SECRET_MARK`. */
export interface CasePreview {
  case: string;
  /** `silent`: it sends nothing and reports no error (`send_resolved: false`, say). */
  outcome: PreviewOutcome;
  requests: readonly (HttpRequest | SmtpRequest)[];
  /** Of `failed`: the error as Alertmanager logs it, and whether it tries again. */
  failure?: {
    message: string;
    retried: boolean;
    /** Below the integration: the field whose template failed, where it is one. */
    path?: Path;
  };
  /** Of `crashed`: the line that the program prints when it dies. */
  crash?: string;
  /** Things that are sent, but hardly as meant. */
  warnings: readonly PreviewWarning[];
}

export interface PreviewWarning {
  /** `blank`: a field that people read is empty; `truncated`: the integration cuts it; `template_ignored`: its template failed and nothing says so. */
  code: "blank" | "truncated" | "template_ignored";
  /** Path below the integration: `["title"]`. */
  path: Path;
  /** The target's words, where it has some. */
  message?: string;
}

export interface IntegrationPreview {
  key: IntegrationKey;
  index: number;
  /** `["receivers", 3, "slack_configs", 0]`. */
  path: Path;
  cases: readonly CasePreview[];
}

/** All integrations of one receiver in all cases. */
export interface ReceiverPreview {
  receiver: string;
  profile: string;
  /** The first route that leads to it; `null` when none does: alerts are grouped by `alertname` then. */
  route: Path | null;
  integrations: readonly IntegrationPreview[];
}
