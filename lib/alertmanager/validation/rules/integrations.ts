import { isSecretRef } from "../../config/secret-ref";
import type { Json } from "../../config/types";
import { canonicalHeader } from "../../go/header";
import { goQuote } from "../../go/quote";
import { checkTemplateText } from "../../templates";
import { type Context, isObject, isSet, items, textOf } from "../context";
import { panicWhileDecoding } from "../panic";
import { hasAuthorization } from "./http";
import { all, from, notBoth, oneOf, oneOfPair, type Rule, required } from "./rule";

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
  if (value.update_message !== true || !context.profile.reaches("0.32")) return;
  if (value.api_url === undefined || value.api_url === null) {
    const fix = { code: "remove_key", edits: [{ path: context.below("update_message") }] };
    return context.report(
      "slack_update_message_crash",
      { fix, upstream: panicWhileDecoding(context.profile) },
      "update_message",
    );
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

/** The old words of two fields that upstream wanted before their `_file` twins came. */
const oldPushover = all(
  required("user_key", "missing user key in Pushover config"),
  required("token", "missing token in Pushover config"),
);

const pushover = all(
  oneOfPair("user_key", "user_key_file"),
  notBoth("user_key", "user_key_file"),
  oneOfPair("token", "token_file"),
  notBoth("token", "token_file"),
  from("0.29", (context, value) => {
    if (value.html !== true || value.monospace !== true) return;
    const upstream = "at most one of monospace & html must be configured";
    context.report("mutually_exclusive", { params: { keys: "monospace, html" }, upstream }, "monospace");
  }),
);

const webhookUrl = all(oneOfPair("webhook_url", "webhook_url_file"), notBoth("webhook_url", "webhook_url_file"));

/** A pointer: an empty text counts as set. */
const isPointed = (value: unknown) => value !== undefined && value !== null;

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
    const found = checkTemplateText(type, context.profile, { functions: "none" });
    if (!found) return;
    const reason = found.error.replace(/^template: :\d+: /, "");
    const words = context.profile.reaches("0.31") ? "contains invalid template syntax" : "is not a valid template";
    const upstream = `opsGenieConfig responder ${shown(type)} type ${words}: ${found.error}`;
    return context.report("template_syntax", { params: { reason }, upstream }, "type");
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

const isChat = (value: unknown) => isPointed(value) && value !== 0;

const chatId: Rule = (context, value) => {
  if (isChat(value.chat_id) || isSet(value.chat_id_file)) return;
  const both = context.profile.reaches("0.31");
  const upstream = both ? "missing chat_id or chat_id_file on telegram_config" : "missing chat_id on telegram_config";
  context.report(
    "one_of_required",
    { params: { keys: both ? "chat_id, chat_id_file" : "chat_id" }, upstream },
    "chat_id",
  );
};

/** Since 0.31 the token may come from `global`, and is asked for later. */
const botToken: Rule = (context, value) => {
  if (isSet(value.bot_token) || isSet(value.bot_token_file)) return;
  const both = context.profile.reaches("0.26");
  const upstream = `missing ${both ? "bot_token or bot_token_file" : "bot_token"} on telegram_config`;
  context.report("one_of_required", { params: { keys: "bot_token, bot_token_file" }, upstream }, "bot_token");
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
  SlackConfig: all(
    notBoth("api_url", "api_url_file"),
    notBoth("app_token", "app_token_file"),
    slack,
    noNullItems("fields", "actions"),
  ),
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
  WebhookConfig: from(
    "0.26",
    all(oneOfPair("url", "url_file"), notBoth("url", "url_file")),
    required("url", "missing URL in webhook config"),
  ),
  PagerdutyConfig: all(
    pagerduty,
    notBoth("routing_key", "routing_key_file"),
    notBoth("service_key", "service_key_file"),
  ),
  OpsGenieConfig: all(notBoth("api_key", "api_key_file"), (context, value) => {
    items(value.responders).forEach((item, index) => {
      // An empty item is a responder of whom nothing is known.
      const value = item === null ? {} : item;
      if (isObject(value)) context.at("responders", () => context.at(index, () => responder(context, value)));
    });
  }),
  VictorOpsConfig: all(
    required("routing_key", "missing Routing key in VictorOps config"),
    notBoth("api_key", "api_key_file"),
    victorops,
  ),
  PushoverConfig: from("0.26", pushover, oldPushover),
  SNSConfig: sns,
  SigV4Config: sigv4,
  TelegramConfig: all(
    from("0.31", () => {}, botToken),
    notBoth("bot_token", "bot_token_file"),
    chatId,
    notBoth("chat_id", "chat_id_file", isChat),
    oneOf(
      "parse_mode",
      ["", "Markdown", "MarkdownV2", "HTML"],
      () => "unknown parse_mode on telegram_config, must be Markdown, MarkdownV2, HTML or empty string",
    ),
  ),
  DiscordConfig: from("0.28", webhookUrl),
  MSTeamsConfig: webhookUrl,
  MSTeamsV2Config: webhookUrl,
  WebexConfig: all(required("room_id", "missing room_id on webex_config"), webex),
  WechatConfig: all(
    oneOf(
      "message_type",
      ["", "text", "markdown"],
      (value) => `weChat message type ${goQuote(value)} does not match valid options ^(text|markdown)$`,
    ),
    notBoth("api_secret", "api_secret_file"),
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
  RocketchatConfig: all(
    notBoth("token", "token_file", isPointed),
    notBoth("token_id", "token_id_file", isPointed),
    noNullItems("fields"),
  ),
  MattermostConfig: all(notBoth("webhook_url", "webhook_url_file"), noNullItems("fields", "attachments")),
  MattermostAttachment: noNullItems("fields"),
  MattermostField: all(
    required("title", "missing title in Mattermost field configuration"),
    required("value", "missing value in Mattermost field configuration"),
  ),
  IncidentioConfig: all(
    oneOfPair("url", "url_file"),
    notBoth("url", "url_file"),
    notBoth("alert_source_token", "alert_source_token_file"),
    incidentio,
  ),
};
