import { INTEGRATION_KEYS, type IntegrationKey, type Json, type JsonObject } from "../config/types";
import { INTEGRATIONS } from "../integrations/integrations";
import { type Context, isObject, isSet, textOf } from "./context";
import type { GlobalSettings } from "./global-settings";
import { PANIC, panicWhileDecoding } from "./panic";
import { hasAuthorization } from "./rules/http";

type Inheritance = (context: Context, value: JsonObject, global: GlobalSettings) => void;

/** The order in which upstream completes the integrations of a receiver. */
const ORDER: readonly IntegrationKey[] = [
  "webhook_configs",
  "email_configs",
  "slack_configs",
  "pushover_configs",
  "pagerduty_configs",
  "incidentio_configs",
  "opsgenie_configs",
  "wechat_configs",
  "victorops_configs",
  "sns_configs",
  "telegram_configs",
  "discord_configs",
  "webex_configs",
  "msteams_configs",
  "msteamsv2_configs",
  "jira_configs",
  "rocketchat_configs",
  "mattermost_configs",
];

/** An empty item of these is completed like an empty mapping, and followed only afterwards. */
const PANICS_ON_NULL = new Set<IntegrationKey>([
  "slack_configs",
  "opsgenie_configs",
  "wechat_configs",
  "rocketchat_configs",
]);

/** Rocket.Chat holds these by pointer: an empty text counts as set. */
const POINTERS = new Set(["token_id", "token"]);

/** `key` here or one of `from` in `global`, with upstream's words when neither is set. */
function inherited(key: string, from: string[], words: string | Words, also: string[] = []): Inheritance {
  return (context, value, global) => {
    const own = (name: string) => isSet(value[name]) || (value[name] === "" && POINTERS.has(name));
    if ([key, ...also].some(own) || from.some((name) => global.isSet(name))) return;
    const upstream = typeof words === "string" ? words : words(context.profile.reaches);
    context.report("missing_inherited", { params: { key, global: from[0]! }, upstream }, key);
  };
}

type Words = (reaches: (since: string) => boolean) => string;

function pair(key: string, from: string, words: string | Words): Inheritance {
  return inherited(key, [from, `${from}_file`], words, [`${key}_file`]);
}

function from(since: string, rule: Inheritance, before?: Inheritance): Inheritance {
  return (context, value, global) =>
    context.profile.reaches(since) ? rule(context, value, global) : before?.(context, value, global);
}

const oldSlack = pair("api_url", "slack_api_url", "no global Slack API URL set either inline or in a file");

const slack: Inheritance = (context, value, global) => {
  const http = isObject(value.http_config) ? value.http_config : null;
  const api = isSet(value.api_url) || isSet(value.api_url_file);
  let app = isSet(value.app_token) || isSet(value.app_token_file);
  // A token of `global` counts only where nothing here speaks against it.
  if (!app && !isSet(value.api_url) && !(http && hasAuthorization(http))) {
    app = global.isSet("slack_app_token") || global.isSet("slack_app_token_file");
  }
  if (!app && !api && !global.isSet("slack_api_url") && !global.isSet("slack_api_url_file")) {
    const upstream = "no Slack API URL nor App token set either inline or in a file";
    context.report("missing_inherited", { params: { key: "api_url", global: "slack_api_url" }, upstream }, "api_url");
  }
  if (!http && global.isNull("http_config")) return reportHttpNull(context);
  if (app && hasAuthorization(http ?? global.value("http_config"))) {
    const upstream = "http authorization can't be set when using Slack App tokens";
    context.report("slack_authorization", { upstream }, "http_config");
  }
};

/** Since 0.34 a part of the block is taken over too. */
const msteamsv2: Inheritance = (context, value, global) => {
  if (!global.isNull("http_config")) return;
  if (!isObject(value.http_config) || !isSet(value.http_config.proxy_url)) reportHttpNull(context);
};

function reportHttpNull(context: Context) {
  const upstream = panicWhileDecoding(context.profile);
  context.report("global_missing_crash", { params: { global: "http_config" }, upstream });
}

const discord: Inheritance = (context, value) => {
  if (isSet(value.webhook_url)) return;
  const upstream = "no discord webhook URL provided";
  context.report("missing_required", { params: { key: "webhook_url" }, upstream }, "webhook_url");
};

const RULES: Partial<Record<IntegrationKey, Inheritance[]>> = {
  email_configs: [
    inherited("smarthost", ["smtp_smarthost"], "no global SMTP smarthost set"),
    inherited("from", ["smtp_from"], "no global SMTP from set"),
  ],
  slack_configs: [
    from("0.30", inherited("app_url", ["slack_app_url"], "no global Slack App URL set")),
    from("0.30", slack, oldSlack),
  ],
  pagerduty_configs: [inherited("url", ["pagerduty_url"], "no global PagerDuty URL set")],
  opsgenie_configs: [
    inherited("api_url", ["opsgenie_api_url"], "no global OpsGenie URL set"),
    pair("api_key", "opsgenie_api_key", "no global OpsGenie API Key set either inline or in a file"),
  ],
  wechat_configs: [
    inherited("api_url", ["wechat_api_url"], "no global Wechat URL set"),
    pair("api_secret", "wechat_api_secret", (reaches) =>
      reaches("0.31") ? "no global Wechat Api Secret set either inline or in a file" : "no global Wechat ApiSecret set",
    ),
    inherited("corp_id", ["wechat_api_corp_id"], "no global Wechat CorpID set"),
  ],
  victorops_configs: [
    inherited("api_url", ["victorops_api_url"], "no global VictorOps URL set"),
    pair("api_key", "victorops_api_key", "no global VictorOps API Key set"),
  ],
  telegram_configs: [
    from("0.31", pair("bot_token", "telegram_bot_token", "missing bot_token or bot_token_file on telegram_config")),
  ],
  discord_configs: [from("0.28", () => {}, discord)],
  webex_configs: [inherited("api_url", ["webex_api_url"], "no global Webex URL set")],
  msteamsv2_configs: [from("0.34", msteamsv2)],
  jira_configs: [inherited("api_url", ["jira_api_url"], "no global Jira Cloud URL set")],
  rocketchat_configs: [
    pair("token_id", "rocketchat_token_id", "no global Rocketchat TokenID set either inline or in a file"),
    pair("token", "rocketchat_token", "no global Rocketchat Token set either inline or in a file"),
  ],
  mattermost_configs: [
    pair("webhook_url", "mattermost_webhook_url", "missing webhook_url or webhook_url_file on mattermost_config"),
  ],
};

/** What the integrations of a receiver need from `global`, and their empty items. */
export function checkInheritance(context: Context, receiver: JsonObject, global: GlobalSettings) {
  let count = 0;
  for (const key of ORDER) {
    const list = receiver[key];
    if (!Array.isArray(list)) continue;
    count += list.length;
    if (!context.profile.knowsIntegration(key)) continue;
    for (let index = 0; index < list.length; index++) {
      const item = list[index] as Json;
      context.path.push(key, index);
      if (item === null) reportNull(context, key, global);
      else if (isObject(item)) {
        for (const rule of RULES[key] ?? []) rule(context, item, global);
        checkFiles(context, key, item);
      }
      context.path.length -= 2;
    }
  }
  const name = textOf(receiver.name);
  if (count === 0 && name !== "") context.report("receiver_empty", { severity: "warning", params: { name } });
}

function checkFiles(context: Context, key: IntegrationKey, item: JsonObject) {
  for (const { key: name, type } of FILE_FIELDS[key]!) {
    const value = item[name];
    if (type.kind !== "string" || typeof value !== "string" || value === "") continue;
    if (value.startsWith("/"))
      context.report("file_not_checked", { severity: "info", stage: "reload", params: { key: name } }, name);
    else context.report("file_path_relative", { severity: "warning", stage: "reload", params: { key: name } }, name);
  }
}

const FILE_FIELDS = Object.fromEntries(
  INTEGRATION_KEYS.map((key) => [key, INTEGRATIONS[key].fields.filter((field) => field.key.endsWith("_file"))]),
);

function reportNull(context: Context, key: IntegrationKey, global: GlobalSettings) {
  const fix = { code: "remove_item", edits: [{ path: context.below() }] };
  if (!context.profile.reaches("0.32")) {
    const upstream = panicWhileDecoding(context.profile);
    return context.report("null_item_crash", { fix, upstream });
  }
  if (!PANICS_ON_NULL.has(key)) {
    return context.report("null_item", { upstream: `missing ${key.replace("_configs", "")} config`, fix });
  }
  for (const rule of RULES[key] ?? []) rule(context, {}, global);
  const phase = context.phase;
  context.phase = "use";
  context.report("null_item_crash", { fix, upstream: PANIC });
  context.phase = phase;
}
