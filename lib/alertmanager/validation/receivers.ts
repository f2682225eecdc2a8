import { INTEGRATION_KEYS, type IntegrationKey, type Json, type JsonObject } from "../config/types";
import { INTEGRATIONS } from "../integrations/integrations";
import { type Context, isObject, isSet, textOf } from "./context";
import type { GlobalSettings } from "./global-settings";
import { hasAuthorization } from "./rules/http";

type Inheritance = (context: Context, value: JsonObject, global: GlobalSettings) => void;

const PANICS_ON_NULL = new Set<IntegrationKey>([
  "slack_configs",
  "opsgenie_configs",
  "wechat_configs",
  "rocketchat_configs",
]);

/** Rocket.Chat holds these by pointer: an empty text counts as set. */
const POINTERS = new Set(["token_id", "token"]);

/** `key` here or one of `from` in `global`, with upstream's words when neither is set. */
function inherited(key: string, from: string[], upstream: string, also: string[] = []): Inheritance {
  return (context, value, global) => {
    const own = (name: string) => isSet(value[name]) || (value[name] === "" && POINTERS.has(name));
    if ([key, ...also].some(own) || from.some((name) => global.isSet(name))) return;
    context.report("missing_inherited", { params: { key, global: from[0]! }, upstream }, key);
  };
}

function pair(key: string, from: string, upstream: string): Inheritance {
  return inherited(key, [from, `${from}_file`], upstream, [`${key}_file`]);
}

const slack: Inheritance = (context, value, global) => {
  const app = isSet(value.app_token) || isSet(value.app_token_file);
  const api = isSet(value.api_url) || isSet(value.api_url_file);
  const authorization = isObject(value.http_config) && hasAuthorization(value.http_config);
  const globalApp = global.isSet("slack_app_token") || global.isSet("slack_app_token_file");
  const globalApi = global.isSet("slack_api_url") || global.isSet("slack_api_url_file");
  if (!app && !api && !globalApp && !globalApi) {
    const upstream = "no Slack API URL nor App token set either inline or in a file";
    context.report("missing_inherited", { params: { key: "api_url", global: "slack_api_url" }, upstream }, "api_url");
  } else if (app && authorization) {
    const upstream = "http authorization can't be set when using Slack App tokens";
    context.report("slack_authorization", { upstream }, "http_config");
  }
};

const telegram: Inheritance = (context, value, global) => {
  if (global.isNull("telegram_api_url") && !isSet(value.api_url)) {
    context.report("global_missing_crash", { stage: "reload", params: { global: "telegram_api_url" } }, "api_url");
  }
};

const RULES: Partial<Record<IntegrationKey, Inheritance[]>> = {
  email_configs: [
    inherited("smarthost", ["smtp_smarthost"], "no global SMTP smarthost set"),
    inherited("from", ["smtp_from"], "no global SMTP from set"),
  ],
  slack_configs: [inherited("app_url", ["slack_app_url"], "no global Slack App URL set"), slack],
  pagerduty_configs: [inherited("url", ["pagerduty_url"], "no global PagerDuty URL set")],
  opsgenie_configs: [
    inherited("api_url", ["opsgenie_api_url"], "no global OpsGenie URL set"),
    pair("api_key", "opsgenie_api_key", "no global OpsGenie API Key set either inline or in a file"),
  ],
  wechat_configs: [
    inherited("api_url", ["wechat_api_url"], "no global Wechat URL set"),
    pair("api_secret", "wechat_api_secret", "no global Wechat Api Secret set either inline or in a file"),
    inherited("corp_id", ["wechat_api_corp_id"], "no global Wechat CorpID set"),
  ],
  victorops_configs: [
    inherited("api_url", ["victorops_api_url"], "no global VictorOps URL set"),
    pair("api_key", "victorops_api_key", "no global VictorOps API Key set"),
  ],
  telegram_configs: [
    pair("bot_token", "telegram_bot_token", "missing bot_token or bot_token_file on telegram_config"),
    telegram,
  ],
  webex_configs: [inherited("api_url", ["webex_api_url"], "no global Webex URL set")],
  jira_configs: [inherited("api_url", ["jira_api_url"], "no global Jira Cloud URL set")],
  rocketchat_configs: [
    pair("token_id", "rocketchat_token_id", "no global Rocketchat TokenID set either inline or in a file"),
    pair("token", "rocketchat_token", "no global Rocketchat Token set either inline or in a file"),
  ],
  mattermost_configs: [
    pair("webhook_url", "mattermost_webhook_url", "missing webhook_url or webhook_url_file on mattermost_config"),
  ],
};

/** What a receiver needs from `global`, empty items, and what makes the target crash with it. */
export function checkInheritance(context: Context, receiver: JsonObject, global: GlobalSettings) {
  let count = 0;
  for (const key of INTEGRATION_KEYS) {
    const list = receiver[key];
    if (!Array.isArray(list)) continue;
    count += list.length;
    for (let index = 0; index < list.length; index++) {
      const item = list[index] as Json;
      context.path.push(key, index);
      if (item === null) reportNull(context, key);
      else if (isObject(item)) checkItem(context, key, item, global);
      context.path.length -= 2;
    }
  }
  const name = textOf(receiver.name);
  if (name === "") context.report("receiver_name_missing", { upstream: "missing name in receiver" }, "name");
  if (count === 0 && name !== "") context.report("receiver_empty", { severity: "warning", params: { name } });
  if (isObject(receiver.labels) && isSet(receiver.labels.name) && receiver.labels.name !== name) {
    context.report("receiver_label_name", {}, "labels", "name");
  }
}

function checkItem(context: Context, key: IntegrationKey, item: JsonObject, global: GlobalSettings) {
  const http = item.http_config === undefined || item.http_config === null;
  if (http && global.isNull("http_config") && key !== "email_configs" && key !== "webex_configs") {
    const stage = key === "slack_configs" && context.profile.reaches("0.30") ? "load" : "reload";
    context.report("global_missing_crash", { stage, params: { global: "http_config" } });
  }
  for (const rule of RULES[key] ?? []) rule(context, item, global);
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

function reportNull(context: Context, key: IntegrationKey) {
  const fix = { code: "remove_item", edits: [{ path: context.below() }] };
  if (PANICS_ON_NULL.has(key)) return context.report("null_item_crash", { fix });
  context.report("null_item", { upstream: `missing ${key.replace("_configs", "")} config`, fix });
}
