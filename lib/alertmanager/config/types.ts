/** Plain JSON, as a YAML document decodes to it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Steps from the root of a `Config`, in upstream's keys: `["receivers", 0, "slack_configs", 1, "api_url"]`. */
export type Path = readonly (string | number)[];

export const INTEGRATION_KEYS = [
  "webhook_configs",
  "email_configs",
  "pagerduty_configs",
  "opsgenie_configs",
  "wechat_configs",
  "slack_configs",
  "victorops_configs",
  "pushover_configs",
  "sns_configs",
  "telegram_configs",
  "discord_configs",
  "webex_configs",
  "msteams_configs",
  "msteamsv2_configs",
  "jira_configs",
  "incidentio_configs",
  "rocketchat_configs",
  "mattermost_configs",
] as const;
export type IntegrationKey = (typeof INTEGRATION_KEYS)[number];

/** One entry under a receiver (`slack_configs[0]`). `id` is ours and is stripped when rendered. */
export type Integration = JsonObject & { id: string };

export type Receiver = { id: string; name: string; labels?: Record<string, string> } & {
  [K in IntegrationKey]?: Integration[];
};

export interface Route {
  id: string;
  receiver?: string;
  group_by?: string[];
  matchers?: string[];
  match?: Record<string, string>;
  match_re?: Record<string, string>;
  mute_time_intervals?: string[];
  active_time_intervals?: string[];
  continue?: boolean;
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  labels?: Record<string, string>;
  routes?: Route[];
}

export interface InhibitRule {
  name?: string;
  source_match?: Record<string, string>;
  source_match_re?: Record<string, string>;
  source_matchers?: string[];
  target_match?: Record<string, string>;
  target_match_re?: Record<string, string>;
  target_matchers?: string[];
  equal?: string[];
}

export interface TimeInterval {
  name: string;
  time_intervals?: JsonObject[];
}

/**
 * One Alertmanager configuration in upstream's shape: only what its author wrote (no defaults filled in), plus `id`.
 * A draft may hold wrong types or unknown keys; `validateConfig` says so. Nothing is dropped.
 */
export interface Config {
  global?: JsonObject;
  route?: Route;
  receivers?: Receiver[];
  inhibit_rules?: InhibitRule[];
  time_intervals?: TimeInterval[];
  mute_time_intervals?: TimeInterval[];
  templates?: string[];
  tracing?: JsonObject;
  event_recorder?: JsonObject;
}

/** A template file kept beside the configuration; `name` is a bare file name such as `slack.tmpl`. */
export interface TemplateFile {
  name: string;
  content: string;
}

/**
 * What a `Change` edits and a `Revision` freezes. `source` is the YAML text last imported or typed: `renderConfig`
 * patches it, so that comments, order and style survive; `null` when the configuration was never written as text.
 */
export interface ConfigDocument {
  config: Config;
  templates: TemplateFile[];
  source: string | null;
}
