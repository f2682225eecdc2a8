import { BOOL, listOf, SECRET_URL, STRING, structOf } from "../../field-types";
import type { IntegrationDefinition, StructDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const MATTERMOST_PROPS_STRUCT: StructDefinition = {
  name: "MattermostProps",
  fields: [{ key: "card", type: STRING, templated: true, multiline: true }],
};

export const MATTERMOST_PRIORITY_STRUCT: StructDefinition = {
  name: "MattermostPriority",
  fields: [
    { key: "priority", type: STRING, templated: true },
    { key: "requested_ack", type: BOOL },
    { key: "persistent_notifications", type: BOOL },
  ],
};

export const MATTERMOST_FIELD_STRUCT: StructDefinition = {
  name: "MattermostField",
  fields: [
    { key: "title", type: STRING, templated: true, required: true },
    { key: "value", type: STRING, templated: true, multiline: true, required: true },
    { key: "short", type: BOOL },
  ],
};

export const MATTERMOST_ATTACHMENT_STRUCT: StructDefinition = {
  name: "MattermostAttachment",
  fields: [
    { key: "fallback", type: STRING, templated: true, multiline: true },
    { key: "color", type: STRING, templated: true },
    { key: "pretext", type: STRING, templated: true, multiline: true },
    { key: "text", type: STRING, templated: true, multiline: true },
    { key: "author_name", type: STRING, templated: true },
    { key: "author_link", type: STRING, templated: true },
    { key: "author_icon", type: STRING, templated: true },
    { key: "title", type: STRING, templated: true },
    { key: "title_link", type: STRING, templated: true },
    { key: "fields", type: listOf(structOf(MATTERMOST_FIELD_STRUCT)) },
    { key: "thumb_url", type: STRING, templated: true },
    { key: "footer", type: STRING, templated: true },
    { key: "footer_icon", type: STRING, templated: true },
    { key: "image_url", type: STRING, templated: true },
  ],
};

export const MATTERMOST: IntegrationDefinition = {
  name: "MattermostConfig",
  key: "mattermost_configs",
  label: "Mattermost",
  since: "0.30",
  exclusive: { webhook_url: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    {
      key: "webhook_url",
      type: SECRET_URL,
      inherits: ["mattermost_webhook_url", "mattermost_webhook_url_file"],
      exclusive: "webhook_url",
    },
    {
      key: "webhook_url_file",
      type: STRING,
      inherits: ["mattermost_webhook_url", "mattermost_webhook_url_file"],
      exclusive: "webhook_url",
    },
    { key: "channel", type: STRING, templated: true },
    { key: "username", type: STRING, templated: true, default: '{{ template "mattermost.default.username" . }}' },
    {
      key: "text",
      type: STRING,
      templated: true,
      default: '{{ template "mattermost.default.text" . }}',
      multiline: true,
    },
    {
      key: "fallback",
      type: STRING,
      templated: true,
      default: '{{ template "mattermost.default.fallback" . }}',
      since: "0.32",
      multiline: true,
    },
    {
      key: "color",
      type: STRING,
      templated: true,
      default: '{{ template "mattermost.default.color" . }}',
      since: "0.32",
    },
    { key: "pretext", type: STRING, templated: true, since: "0.32", multiline: true },
    { key: "author_name", type: STRING, templated: true, since: "0.32" },
    { key: "author_link", type: STRING, templated: true, since: "0.32" },
    { key: "author_icon", type: STRING, templated: true, since: "0.32" },
    {
      key: "title",
      type: STRING,
      templated: true,
      default: '{{ template "mattermost.default.title" . }}',
      since: "0.32",
    },
    {
      key: "title_link",
      type: STRING,
      templated: true,
      default: '{{ template "mattermost.default.titlelink" . }}',
      since: "0.32",
    },
    { key: "fields", type: listOf(structOf(MATTERMOST_FIELD_STRUCT)), templated: true, since: "0.32" },
    { key: "thumb_url", type: STRING, templated: true, since: "0.32" },
    { key: "footer", type: STRING, templated: true, since: "0.32" },
    { key: "footer_icon", type: STRING, templated: true, since: "0.32" },
    { key: "image_url", type: STRING, templated: true, since: "0.32" },
    { key: "icon_url", type: STRING, templated: true },
    { key: "icon_emoji", type: STRING, templated: true },
    { key: "attachments", type: listOf(structOf(MATTERMOST_ATTACHMENT_STRUCT)), templated: true },
    { key: "type", type: STRING, templated: true },
    { key: "props", type: structOf(MATTERMOST_PROPS_STRUCT), templated: true },
    { key: "priority", type: structOf(MATTERMOST_PRIORITY_STRUCT), templated: true },
  ],
};
