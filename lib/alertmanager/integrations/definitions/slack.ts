import { BOOL, GO_DURATION, listOf, SECRET, SECRET_URL, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition, StructDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const SLACK_CONFIRMATION_FIELD_STRUCT: StructDefinition = {
  name: "SlackConfirmationField",
  fields: [
    { key: "text", type: STRING, templated: true, multiline: true, required: true },
    { key: "title", type: STRING, templated: true },
    { key: "ok_text", type: STRING, templated: true },
    { key: "dismiss_text", type: STRING, templated: true },
  ],
};

export const SLACK_FIELD_STRUCT: StructDefinition = {
  name: "SlackField",
  fields: [
    { key: "title", type: STRING, templated: true, required: true },
    { key: "value", type: STRING, templated: true, multiline: true, required: true },
    { key: "short", type: BOOL },
  ],
};

export const SLACK_ACTION_STRUCT: StructDefinition = {
  name: "SlackAction",
  fields: [
    { key: "type", type: STRING, templated: true, required: true },
    { key: "text", type: STRING, templated: true, multiline: true, required: true },
    { key: "url", type: STRING, templated: true },
    { key: "style", type: STRING, templated: true },
    { key: "name", type: STRING, templated: true },
    { key: "value", type: STRING, templated: true, multiline: true },
    { key: "confirm", type: structOf(SLACK_CONFIRMATION_FIELD_STRUCT) },
  ],
};

export const SLACK: IntegrationDefinition = {
  name: "SlackConfig",
  key: "slack_configs",
  label: "Slack",
  exclusive: { api_url: { required: false }, app_token: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: false },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "api_url", type: SECRET_URL, inherits: ["slack_api_url", "slack_api_url_file"], exclusive: "api_url" },
    { key: "api_url_file", type: STRING, inherits: ["slack_api_url", "slack_api_url_file"], exclusive: "api_url" },
    {
      key: "app_token",
      type: SECRET,
      inherits: ["slack_app_token", "slack_app_token_file"],
      since: "0.30",
      exclusive: "app_token",
    },
    {
      key: "app_token_file",
      type: STRING,
      inherits: ["slack_app_token", "slack_app_token_file"],
      since: "0.30",
      exclusive: "app_token",
    },
    { key: "app_url", type: URL, inherits: "slack_app_url", since: "0.30" },
    { key: "channel", type: STRING, templated: true },
    { key: "username", type: STRING, templated: true, default: '{{ template "slack.default.username" . }}' },
    { key: "color", type: STRING, templated: true, default: '{{ template "slack.default.color" . }}' },
    { key: "title", type: STRING, templated: true, default: '{{ template "slack.default.title" . }}' },
    { key: "title_link", type: STRING, templated: true, default: '{{ template "slack.default.titlelink" . }}' },
    {
      key: "pretext",
      type: STRING,
      templated: true,
      default: '{{ template "slack.default.pretext" . }}',
      multiline: true,
    },
    { key: "text", type: STRING, templated: true, default: '{{ template "slack.default.text" . }}', multiline: true },
    { key: "message_text", type: STRING, templated: true, since: "0.31", multiline: true },
    { key: "fields", type: listOf(structOf(SLACK_FIELD_STRUCT)), templated: true },
    { key: "short_fields", type: BOOL, default: false },
    { key: "footer", type: STRING, templated: true, default: '{{ template "slack.default.footer" . }}' },
    {
      key: "fallback",
      type: STRING,
      templated: true,
      default: '{{ template "slack.default.fallback" . }}',
      multiline: true,
    },
    { key: "callback_id", type: STRING, templated: true, default: '{{ template "slack.default.callbackid" . }}' },
    { key: "icon_emoji", type: STRING, templated: true, default: '{{ template "slack.default.iconemoji" . }}' },
    { key: "icon_url", type: STRING, templated: true, default: '{{ template "slack.default.iconurl" . }}' },
    { key: "image_url", type: STRING, templated: true },
    { key: "thumb_url", type: STRING, templated: true },
    { key: "link_names", type: BOOL, default: false },
    { key: "mrkdwn_in", type: listOf(STRING) },
    { key: "actions", type: listOf(structOf(SLACK_ACTION_STRUCT)), templated: true },
    { key: "update_message", type: BOOL, default: false, since: "0.32" },
    { key: "timeout", type: GO_DURATION, default: "0s", since: "0.30" },
  ],
};
