import { GLOBAL_STRUCT } from "../config/global";
import type { Config, Json, JsonObject } from "../config/types";
import { type Context, isObject, isSet } from "./context";
import { panicWhileDecoding } from "./panic";

/** `global` as receivers see it: defaults where it is silent, nothing where it says null. */
export interface GlobalSettings {
  isSet(key: string): boolean;
  isNull(key: string): boolean;
  value(key: string): Json | undefined;
}

const DEFAULTED = new Set(GLOBAL_STRUCT.fields.filter((field) => field.default !== undefined).map(({ key }) => key));

export function globalSettings(config: Config): GlobalSettings {
  const global: JsonObject = isObject(config.global) ? config.global : {};
  return {
    isSet: (key) => (global[key] === undefined ? DEFAULTED.has(key) : isSet(global[key])),
    isNull: (key) => global[key] === null,
    value: (key) => global[key],
  };
}

const APP_URL = "https://slack.com/api/chat.postMessage";

/** Pairs that exclude each other, in upstream's order; the rule of Slack's two pairs stands between the first ones. */
const PAIRS = [
  "opsgenie_api_key",
  "victorops_api_key",
  "telegram_bot_token",
  "smtp_auth_password",
  "rocketchat_token",
  "rocketchat_token_id",
  "smtp_auth_secret",
  "wechat_api_secret",
  "mattermost_webhook_url",
];
const POINTERS = new Set(["rocketchat_token", "rocketchat_token_id"]);

export function checkGlobal(context: Context, global: JsonObject) {
  checkPair(context, global, "slack_app_token");
  checkPair(context, global, "slack_api_url");
  if (context.profile.reaches("0.30")) checkSlack(context, global);
  for (const key of PAIRS) checkPair(context, global, key);
}

function checkPair(context: Context, global: JsonObject, key: string) {
  const held = isSet(global[key]) || (POINTERS.has(key) && global[key] === "");
  if (!held || !isSet(global[`${key}_file`])) return;
  const upstream = `at most one of ${key} & ${key}_file must be configured`;
  context.report("mutually_exclusive", { params: { keys: `${key}, ${key}_file` }, upstream }, `${key}_file`);
}

function checkSlack(context: Context, global: JsonObject) {
  const app = isSet(global.slack_app_token) || isSet(global.slack_app_token_file);
  const api = isSet(global.slack_api_url) || isSet(global.slack_api_url_file);
  if (!app || !api) return;
  const appUrl = global.slack_app_url === undefined ? APP_URL : global.slack_app_url;
  if (!isSet(global.slack_api_url) || appUrl === null) {
    // Upstream compares two addresses of which one is missing.
    const missing = appUrl === null ? "slack_app_url" : "slack_api_url";
    const upstream = panicWhileDecoding(context.profile);
    return context.report("null_value_crash", { params: { key: missing }, upstream }, "slack_app_token");
  }
  if (global.slack_api_url === appUrl) return;
  const upstream =
    "at most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file must be configured";
  context.report(
    "mutually_exclusive",
    { params: { keys: "slack_app_token, slack_api_url" }, upstream },
    "slack_api_url",
  );
}
