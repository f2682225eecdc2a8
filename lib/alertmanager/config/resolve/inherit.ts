import { printUrl } from "../../go/url-string";
import type { TargetProfile } from "../../profiles/profiles";
import type { IntegrationKey } from "../types";
import { type Held, HeldUrl, isLoaded, type Loaded } from "./load";

interface Scope {
  global: Loaded;
  profile: TargetProfile;
}
type Complete = (item: Loaded, scope: Scope) => void;

function unset(value: Held | undefined): boolean {
  return value === undefined || value === null || value === "";
}

/** Takes over one key where it is not set here. */
function take(item: Loaded, key: string, from: Held | undefined) {
  if (unset(item[key]) && from !== undefined) item[key] = from;
}

/** Takes over a secret and its file together, where neither is set here. */
function takePair(item: Loaded, key: string, global: Loaded, from: string) {
  if (!unset(item[key]) || !unset(item[`${key}_file`])) return;
  take(item, key, global[from]);
  take(item, `${key}_file`, global[`${from}_file`]);
}

/** The block of `global` itself, so that both show what becomes of it. */
const http: Complete = (item, { global }) => take(item, "http_config", global.http_config);

/** Upstream changes the address in place, also the one in `global`. */
function endWithSlash(url: Held | undefined) {
  if (url instanceof HeldUrl && printUrl(url.text) !== printUrl(url.text, { slash: true })) url.slash = true;
}

const email: Complete = (item, { global, profile }) => {
  if (profile.reaches("0.28")) take(item, "tls_config", global.smtp_tls_config);
  for (const key of ["smarthost", "from", "hello", "auth_username", "auth_identity"]) {
    take(item, key, global[`smtp_${key}`]);
  }
  takePair(item, "auth_password", global, "smtp_auth_password");
  take(item, "auth_secret", global.smtp_auth_secret);
  if (profile.reaches("0.31")) take(item, "auth_secret_file", global.smtp_auth_secret_file);
  if (item.require_tls === undefined) item.require_tls = global.smtp_require_tls ?? false;
  if (item.force_implicit_tls === undefined && global.smtp_force_implicit_tls !== undefined) {
    item.force_implicit_tls = global.smtp_force_implicit_tls;
  }
};

const slack: Complete = (item, scope) => {
  const { global, profile } = scope;
  if (!profile.reaches("0.30")) {
    http(item, scope);
    return takePair(item, "api_url", global, "slack_api_url");
  }
  take(item, "app_url", global.slack_app_url);
  const authorized = isLoaded(item.http_config) && item.http_config.authorization !== undefined;
  if (!authorized && item.api_url === undefined) takePair(item, "app_token", global, "slack_app_token");
  takePair(item, "api_url", global, "slack_api_url");
  if (item.http_config === undefined && isLoaded(global.http_config)) item.http_config = { ...global.http_config };
  if (unset(item.app_token) && unset(item.app_token_file)) return;
  if (isLoaded(item.http_config)) {
    item.http_config.authorization = {
      type: "Bearer",
      ...(item.app_token ? { credentials: item.app_token } : {}),
      ...(item.app_token_file ? { credentials_file: item.app_token_file } : {}),
    };
  }
  if (item.app_url !== undefined) item.api_url = item.app_url;
};

function withAddress(key: string, from: string, more?: Complete): Complete {
  return (item, scope) => {
    http(item, scope);
    take(item, key, scope.global[from]);
    more?.(item, scope);
  };
}

const msteamsv2: Complete = (item, { global, profile }) => {
  if (!profile.reaches("0.34")) return http(item, { global, profile });
  const above = isLoaded(global.http_config) ? global.http_config : {};
  if (!isLoaded(item.http_config)) item.http_config = { ...above };
  else take(item.http_config, "proxy_url", above.proxy_url);
};

/** How each integration is completed from `global`. */
export const COMPLETE: Readonly<Record<IntegrationKey, Complete>> = {
  webhook_configs: http,
  email_configs: email,
  slack_configs: slack,
  pushover_configs: http,
  pagerduty_configs: withAddress("url", "pagerduty_url"),
  incidentio_configs: http,
  opsgenie_configs: withAddress("api_url", "opsgenie_api_url", (item, { global, profile }) => {
    endWithSlash(item.api_url);
    if (!profile.reaches("0.32")) return takePair(item, "api_key", global, "opsgenie_api_key");
    take(item, "api_key", global.opsgenie_api_key);
    take(item, "api_key_file", global.opsgenie_api_key_file);
  }),
  wechat_configs: withAddress("api_url", "wechat_api_url", (item, { global }) => {
    takePair(item, "api_secret", global, "wechat_api_secret");
    take(item, "corp_id", global.wechat_api_corp_id);
    endWithSlash(item.api_url);
  }),
  victorops_configs: withAddress("api_url", "victorops_api_url", (item, { global, profile }) => {
    endWithSlash(item.api_url);
    if (!profile.reaches("0.32")) return takePair(item, "api_key", global, "victorops_api_key");
    take(item, "api_key", global.victorops_api_key);
    take(item, "api_key_file", global.victorops_api_key_file);
  }),
  sns_configs: http,
  telegram_configs: withAddress("api_url", "telegram_api_url", (item, { global, profile }) => {
    if (profile.reaches("0.31")) takePair(item, "bot_token", global, "telegram_bot_token");
  }),
  discord_configs: http,
  webex_configs: withAddress("api_url", "webex_api_url"),
  msteams_configs: http,
  msteamsv2_configs: msteamsv2,
  jira_configs: withAddress("api_url", "jira_api_url"),
  rocketchat_configs: withAddress("api_url", "rocketchat_api_url", (item, { global, profile }) => {
    for (const key of ["token_id", "token"]) {
      if (!profile.reaches("0.32") && (item[key] !== undefined || !unset(item[`${key}_file`]))) continue;
      if (item[key] === undefined && global[`rocketchat_${key}`] !== undefined) {
        item[key] = global[`rocketchat_${key}`]!;
      }
      take(item, `${key}_file`, global[`rocketchat_${key}_file`]);
    }
  }),
  mattermost_configs: (item, scope) => {
    http(item, scope);
    takePair(item, "webhook_url", scope.global, "mattermost_webhook_url");
  },
};
