import { isSecretRef } from "../../config/secret-ref";
import type { Json, JsonObject } from "../../config/types";
import { goQuote } from "../../go/quote";
import { type Context, isObject, isSet, items, textOf } from "../context";
import { canonicalHeader, hasAuthorization } from "./http";

type Rule = (context: Context, value: JsonObject) => void;

/** A rule that wants `key` set, with upstream's words. */
export function required(key: string, upstream: string): Rule {
  return (context, value) => {
    if (!isSet(value[key])) context.report("missing_required", { params: { key }, upstream }, key);
  };
}

export function all(...rules: Rule[]): Rule {
  return (context, value) => {
    for (const rule of rules) rule(context, value);
  };
}

function oneOf(key: string, allowed: string[], upstream: (value: string) => string): Rule {
  return (context, value) => {
    const text = value[key];
    if (typeof text !== "string" || allowed.includes(text)) return;
    const params = { key, value: text, allowed: allowed.filter(Boolean).join(", ") };
    context.report("value_not_allowed", { params, upstream: upstream(text) }, key);
  };
}

/** Pointers to list items that upstream follows only when it sends. */
function noNullItems(...keys: string[]): Rule {
  return (context, value) => {
    for (const key of keys) {
      items(value[key]).forEach((item, index) => {
        if (item === null) context.report("null_item_notify_crash", { stage: "notify" }, key, index);
      });
    }
  };
}

const email: Rule = (context, value) => {
  const headers = isObject(value.headers) ? Object.keys(value.headers) : [];
  const seen = new Set<string>();
  for (const name of headers) {
    const canonical = canonicalHeader(name);
    if (seen.has(canonical)) {
      const upstream = `duplicate header ${goQuote(canonical)} in email config`;
      context.report("email_header_duplicate", { params: { name: canonical }, upstream }, "headers", name);
    }
    seen.add(canonical);
  }
  if (!isObject(value.threading) || value.threading.enabled !== true) return;
  for (const name of ["References", "In-Reply-To"]) {
    if (!seen.has(name)) continue;
    const upstream = `conflicting configuration: threading.enabled conflicts with custom ${name} header`;
    context.report("email_threading_conflict", { params: { name }, upstream }, "headers");
  }
  const byDate = textOf(value.threading.thread_by_date);
  if (byDate === "none" || byDate === "daily") return;
  const params = { key: "thread_by_date", value: byDate, allowed: "none, daily" };
  const upstream = "threading.thread_by_date must be either 'none' or 'daily'";
  context.report("value_not_allowed", { params, upstream }, "threading", "thread_by_date");
};

const CHAT_POST = "https://slack.com/api/chat.postMessage";

const slack: Rule = (context, value) => {
  const api = isSet(value.api_url) || isSet(value.api_url_file);
  const app = isSet(value.app_token) || isSet(value.app_token_file);
  if (api && app) {
    const upstream = "at most one of api_url/api_url_file & app_token/app_token_file must be configured";
    context.report("mutually_exclusive", { params: { keys: "api_url, app_token" }, upstream }, "app_token");
  }
  if (value.update_message !== true) return;
  if (value.api_url === undefined || value.api_url === null) {
    const fix = { code: "remove_key", edits: [{ path: context.below("update_message") }] };
    return context.report("slack_update_message_crash", { fix }, "update_message");
  }
  if (value.api_url === CHAT_POST || isSlackApi(context, value.api_url)) return;
  const upstream =
    "update_message can only be used with bot tokens. api_url must be set to https://slack.com/api/chat.postMessage";
  context.report("slack_update_message_url", { upstream }, "update_message");
};

/** A sealed URL shows its host only; the path is believed. */
function isSlackApi(context: Context, url: Json): boolean {
  return isSecretRef(url) && (context.secrets === undefined || context.secrets[url]?.host === "slack.com");
}

const slackAction: Rule = (context, value) => {
  if (isSet(value.url) || isSet(value.name)) return;
  context.report("slack_action_target", { upstream: "missing name or url in Slack action configuration" });
};

const pagerduty: Rule = (context, value) => {
  const keys = ["routing_key", "routing_key_file", "service_key", "service_key_file"];
  if (keys.some((key) => isSet(value[key]))) return;
  const upstream = "missing service or routing key in PagerDuty config";
  context.report("one_of_required", { params: { keys: keys.join(", ") }, upstream }, "routing_key");
};

const RESPONDER_TYPES = ["team", "teams", "user", "escalation", "schedule"];

const responder: Rule = (context, value) => {
  const type = textOf(value.type);
  const shown = (kind: string) => `{${["id", "name", "username"].map((key) => textOf(value[key])).join(" ")} ${kind}}`;
  if (!isSet(value.id) && !isSet(value.name) && !isSet(value.username)) {
    const upstream = `opsGenieConfig responder ${shown(type)} has to have at least one of id, username or name specified`;
    context.report("opsgenie_responder_identity", { upstream });
  }
  if (type.includes("{{")) {
    if (type.split("{{").length === type.split("}}").length) return;
    const upstream = `opsGenieConfig responder ${shown(type)} type contains invalid template syntax: template: :1: unclosed action`;
    return context.report("template_syntax", { params: { reason: "unclosed action" }, upstream }, "type");
  }
  const lower = type.toLowerCase();
  if (RESPONDER_TYPES.includes(lower)) return;
  const upstream = `opsGenieConfig responder ${shown(lower)} type does not match valid options ^(team|teams|user|escalation|schedule)$`;
  const params = { key: "type", value: type, allowed: RESPONDER_TYPES.join(", ") };
  context.report("value_not_allowed", { params, upstream }, "type");
};

const RESERVED_CUSTOM = new Set([
  "routing_key",
  "message_type",
  "state_message",
  "entity_display_name",
  "monitoring_tool",
  "entity_id",
  "entity_state",
]);

const victorops: Rule = (context, value) => {
  for (const name of isObject(value.custom_fields) ? Object.keys(value.custom_fields) : []) {
    if (!RESERVED_CUSTOM.has(name)) continue;
    const upstream = `victorOps config contains custom field ${name} which cannot be used as it conflicts with the fixed/static fields`;
    context.report("victorops_custom_field", { params: { name }, upstream }, "custom_fields", name);
  }
};

const sns: Rule = (context, value) => {
  const count = ["topic_arn", "phone_number", "target_arn"].filter((key) => isSet(value[key])).length;
  if (count === 1) return;
  // Upstream's chain of exclusive-ors lets three pass.
  if (count === 3) return context.report("sns_target_count", { severity: "warning" });
  const upstream = "must provide either a Target ARN, Topic ARN, or Phone Number for SNS config";
  context.report("sns_target_count", { upstream });
};

const sigv4: Rule = (context, value) => {
  if (isSet(value.access_key) !== isSet(value.secret_key)) {
    const upstream =
      "must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the SigV4 config";
    context.report("sigv4_pair", { upstream });
  }
  if (isSet(value.external_id) && !isSet(value.role_arn)) {
    context.report("sigv4_external_id", { upstream: "external_id can only be used with role_arn" }, "external_id");
  }
};

const telegram: Rule = (context, value) => {
  const id = value.chat_id !== undefined && value.chat_id !== null && value.chat_id !== 0;
  if (!id && !isSet(value.chat_id_file)) {
    const upstream = "missing chat_id or chat_id_file on telegram_config";
    context.report("one_of_required", { params: { keys: "chat_id, chat_id_file" }, upstream }, "chat_id");
  }
};

const webex: Rule = (context, value) => {
  if (hasAuthorization(value.http_config)) return;
  context.report("webex_authorization", { upstream: "missing webex_configs.http_config.authorization" }, "http_config");
};

const incidentio: Rule = (context, value) => {
  const token = isSet(value.alert_source_token) || isSet(value.alert_source_token_file);
  const authorization = hasAuthorization(value.http_config);
  if (authorization && token) {
    const upstream =
      "cannot specify alert_source_token or alert_source_token_file when using http_config.authorization";
    context.report("incidentio_authorization", { upstream }, "alert_source_token");
  } else if (isObject(value.http_config) && !authorization && !token) {
    const upstream =
      "at least one of alert_source_token, alert_source_token_file or http_config.authorization must be configured";
    context.report("incidentio_authorization", { upstream }, "alert_source_token");
  } else if (!authorization && !token) {
    context.report("incidentio_authorization", { severity: "warning", stage: "notify" }, "alert_source_token");
  }
};

/** What each integration checks of itself while it is decoded, by the name of its struct. */
export const INTEGRATION_RULES: Readonly<Record<string, Rule>> = {
  EmailConfig: all(required("to", "missing to address in email config"), email),
  SlackConfig: all(slack, noNullItems("fields", "actions")),
  SlackField: all(
    required("title", "missing title in Slack field configuration"),
    required("value", "missing value in Slack field configuration"),
  ),
  SlackAction: all(
    required("type", "missing type in Slack action configuration"),
    required("text", "missing text in Slack action configuration"),
    slackAction,
  ),
  SlackConfirmationField: required("text", "missing text in Slack confirmation configuration"),
  PagerdutyConfig: pagerduty,
  OpsGenieConfigResponder: responder,
  VictorOpsConfig: all(required("routing_key", "missing Routing key in VictorOps config"), victorops),
  SNSConfig: sns,
  SigV4Config: sigv4,
  TelegramConfig: all(
    telegram,
    oneOf(
      "parse_mode",
      ["", "Markdown", "MarkdownV2", "HTML"],
      () => "unknown parse_mode on telegram_config, must be Markdown, MarkdownV2, HTML or empty string",
    ),
  ),
  WebexConfig: all(required("room_id", "missing room_id on webex_config"), webex),
  WechatConfig: oneOf(
    "message_type",
    ["", "text", "markdown"],
    (value) => `weChat message type ${goQuote(value)} does not match valid options ^(text|markdown)$`,
  ),
  JiraConfig: all(
    required("project", "missing project in jira_config"),
    required("issue_type", "missing issue_type in jira_config"),
    oneOf(
      "api_type",
      ["auto", "cloud", "datacenter"],
      () => "unknown api_type on jira_config, must be auto, cloud or datacenter",
    ),
  ),
  RocketchatConfig: noNullItems("fields"),
  MattermostConfig: noNullItems("fields", "attachments"),
  MattermostAttachment: noNullItems("fields"),
  MattermostField: all(
    required("title", "missing title in Mattermost field configuration"),
    required("value", "missing value in Mattermost field configuration"),
  ),
  IncidentioConfig: incidentio,
};
