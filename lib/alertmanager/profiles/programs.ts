import type { IntegrationKey } from "../config/types";
import type { MatcherDialect } from "./profiles";

/** A program that takes Alertmanager's configuration and runs it for many. */
export interface SharedProgram {
  program: "mimir" | "cortex" | "prometheus-operator";
  version: string;
  /** The Alertmanager inside. */
  alertmanager: number;
  matcherDialect: MatcherDialect;
  /** Taken and stored, but never sent: no line in a log tells of it. */
  neverSent: readonly IntegrationKey[];
  /** Keys that name files, which the program refuses itself; all others of the kind it takes, and reads its own disk. */
  refusedFiles: readonly string[];
  /** Whether `$(NAME)` is replaced from the environment of a process. */
  expandsEnvironment: boolean;
  /** What its own resource cannot say. */
  inexpressible: readonly string[];
  /** Functions of template files beyond Alertmanager's. */
  templateFunctions: readonly string[];
}

const REFUSED_FILES = [
  "url_file",
  "bearer_token_file",
  "credentials_file",
  "password_file",
  "smtp_auth_password_file",
  "slack_api_url_file",
  "client_secret_file",
  "ca_file",
  "cert_file",
  "key_file",
  "service_key_file",
  "routing_key_file",
  "user_key_file",
  "token_file",
  "bot_token_file",
  "api_key_file",
  "opsgenie_api_key_file",
  "victorops_api_key_file",
  "api_url_file",
  "webhook_url_file",
];

export const SHARED_PROGRAMS: readonly SharedProgram[] = [
  {
    // Observed on Mimir 3.2.0, which holds prometheus/alertmanager 0.33.1: one upload per key, then alerts sent.
    program: "mimir",
    version: "3.2",
    alertmanager: 33,
    // `-alertmanager.utf8-strict-mode-enabled` is false unless set.
    matcherDialect: "classic",
    neverSent: ["jira_configs", "mattermost_configs", "rocketchat_configs", "incidentio_configs"],
    refusedFiles: REFUSED_FILES,
    expandsEnvironment: false,
    inexpressible: [],
    templateFunctions: ["tenantID", "grafanaExploreURL", "queryFromGeneratorURL"],
  },
  {
    // Observed on Cortex 1.21.1, which holds prometheus/alertmanager 0.33.0; it sends what Mimir does not.
    program: "cortex",
    version: "1.21",
    alertmanager: 33,
    matcherDialect: "classic",
    neverSent: [],
    refusedFiles: [...REFUSED_FILES, "username_file", "smtp_auth_secret_file"],
    expandsEnvironment: false,
    inexpressible: [],
    templateFunctions: [],
  },
  {
    // Read in prometheus-operator 0.93.0, which runs Alertmanager 0.33.1; its config reloader expands `$(NAME)`.
    program: "prometheus-operator",
    version: "0.93",
    alertmanager: 33,
    matcherDialect: "fallback",
    neverSent: [],
    refusedFiles: [],
    expandsEnvironment: true,
    inexpressible: [
      "global",
      "templates",
      "location",
      "jira_configs",
      "mattermost_configs",
      "incidentio_configs",
      "http_headers",
      "app_token",
      "app_token_file",
      "match",
      "match_re",
    ],
    templateFunctions: [],
  },
];
