/** Keys that upstream prints even when they hold nothing, by struct. */
export const ALWAYS: Readonly<Record<string, string>> = {
  Config: "templates",
  GlobalConfig: "resolve_timeout smtp_require_tls",
  HTTPClientConfig: "follow_redirects enable_http2",
  TLSConfig: "insecure_skip_verify",
  Route: "continue",
  Receiver: "name",
  DiscordConfig: "send_resolved",
  EmailConfig: "send_resolved",
  IncidentioConfig: "send_resolved url url_file max_alerts timeout",
  PagerdutyConfig: "send_resolved timeout",
  SlackConfig: "send_resolved short_fields link_names update_message timeout",
  WebhookConfig: "send_resolved url_file max_alerts timeout",
  OpsGenieConfig: "send_resolved",
  WechatConfig: "send_resolved",
  PushoverConfig: "send_resolved",
  VictorOpsConfig: "send_resolved api_url routing_key message_type state_message entity_display_name monitoring_tool",
  SNSConfig: "send_resolved sigv4",
  TelegramConfig: "send_resolved api_url",
  WebexConfig: "send_resolved room_id",
  MSTeamsConfig: "send_resolved",
  MSTeamsV2Config: "send_resolved",
  JiraConfig: "send_resolved",
  RocketchatConfig: "send_resolved short_fields link_names",
  RocketchatAttachmentField: "short title value",
  RocketchatAttachmentAction:
    "type text url imageurl iswebview webviewheightratio msg msginchatwindow msgprocessingtype",
  MattermostConfig: "send_resolved",
  TimeInterval: "name time_intervals",
  TimeRange: "start_time end_time",
  FileOutputConfig: "path",
  WebhookOutputConfig: "url",
  KafkaOutputConfig: "brokers topic",
};

/** Keys that upstream holds by pointer, so that an empty value counts as one; addresses are so anyway. */
export const POINTERS: Readonly<Record<string, string>> = {
  Config: "global route",
  GlobalConfig: "http_config smtp_tls_config smtp_force_implicit_tls rocketchat_token rocketchat_token_id",
  HTTPClientConfig: "basic_auth authorization oauth2 http_headers",
  Route: "group_wait group_interval repeat_interval",
  EmailConfig: "require_tls tls_config force_implicit_tls",
  SlackField: "short",
  SlackAction: "confirm",
  JiraFieldConfig: "enable_update",
  RocketchatConfig: "token_id token",
  RocketchatAttachmentField: "short",
  MattermostField: "short",
  MattermostConfig: "props priority",
  TimeIntervalItem: "location",
  TracingConfig: "tls_config headers",
  WebhookOutputConfig: "http_config",
  KafkaOutputConfig: "tls_config",
};

/** The order in which upstream prints, where it is not the one in which we describe. */
export const ORDER: Readonly<Record<string, string>> = {
  Route:
    "receiver group_by match match_re matchers mute_time_intervals active_time_intervals continue routes group_wait group_interval repeat_interval labels",
  Receiver:
    "name labels discord_configs email_configs incidentio_configs pagerduty_configs slack_configs webhook_configs opsgenie_configs wechat_configs pushover_configs victorops_configs sns_configs telegram_configs webex_configs msteams_configs msteamsv2_configs jira_configs rocketchat_configs mattermost_configs",
};

/** What older versions print beyond `ALWAYS`. */
export const ALWAYS_UNTIL: readonly [struct: string, until: string, keys: string][] = [
  ["BasicAuth", "0.29", "username"],
  ["OAuth2", "0.29", "client_id client_secret client_secret_file client_secret_ref token_url"],
  ["WebhookConfig", "0.31", "url"],
  ["PushoverConfig", "0.29", "html"],
];

/** The order of an `http_config` before 0.26. */
export const OLD_HTTP_ORDER =
  "basic_auth authorization oauth2 bearer_token bearer_token_file proxy_url proxy_connect_header tls_config follow_redirects enable_http2";
