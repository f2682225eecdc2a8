import { GLOBAL_STRUCT } from "../config/global";
import type { Config, JsonObject } from "../config/types";
import { type Context, isObject, isSet } from "./context";

/** `global` as receivers see it: defaults where it is silent, nothing where it says null. */
export interface GlobalSettings {
  isSet(key: string): boolean;
  isNull(key: string): boolean;
}

const DEFAULTED = new Set(GLOBAL_STRUCT.fields.filter((field) => field.default !== undefined).map(({ key }) => key));

export function globalSettings(config: Config): GlobalSettings {
  const global: JsonObject = isObject(config.global) ? config.global : {};
  return {
    isSet: (key) => (global[key] === undefined ? DEFAULTED.has(key) : isSet(global[key])),
    isNull: (key) => global[key] === null,
  };
}

const APP_URL = "https://slack.com/api/chat.postMessage";

/** The one rule of `global` that spans two pairs of keys. */
export function checkGlobal(context: Context, global: JsonObject) {
  const app = isSet(global.slack_app_token) || isSet(global.slack_app_token_file);
  const api = isSet(global.slack_api_url) || isSet(global.slack_api_url_file);
  if (!app || !api || global.slack_api_url === (global.slack_app_url ?? APP_URL)) return;
  const upstream =
    "at most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file must be configured";
  context.report(
    "mutually_exclusive",
    { params: { keys: "slack_app_token, slack_api_url" }, upstream },
    "slack_api_url",
  );
}
