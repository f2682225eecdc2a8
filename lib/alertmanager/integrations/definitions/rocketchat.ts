import { BOOL, listOf, SECRET, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition, StructDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const ROCKETCHAT_ATTACHMENT_FIELD_STRUCT: StructDefinition = {
  name: "RocketchatAttachmentField",
  fields: [
    { key: "short", type: BOOL },
    { key: "title", type: STRING, templated: true },
    { key: "value", type: STRING, templated: true, multiline: true },
  ],
};

export const ROCKETCHAT_ATTACHMENT_ACTION_STRUCT: StructDefinition = {
  name: "RocketchatAttachmentAction",
  fields: [
    { key: "type", type: STRING },
    { key: "text", type: STRING, templated: true, multiline: true },
    { key: "url", type: STRING, templated: true },
    { key: "imageurl", type: STRING },
    { key: "iswebview", type: BOOL },
    { key: "webviewheightratio", type: STRING },
    { key: "msg", type: STRING, templated: true },
    { key: "msginchatwindow", type: BOOL },
    { key: "msgprocessingtype", type: STRING },
  ],
};

export const ROCKETCHAT: IntegrationDefinition = {
  name: "RocketchatConfig",
  key: "rocketchat_configs",
  label: "Rocket.Chat",
  since: "0.28",
  exclusive: { token_id: { required: false }, token: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: false },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "api_url", type: URL, inherits: "rocketchat_api_url" },
    {
      key: "token_id",
      type: SECRET,
      inherits: ["rocketchat_token_id", "rocketchat_token_id_file"],
      exclusive: "token_id",
    },
    {
      key: "token_id_file",
      type: STRING,
      inherits: ["rocketchat_token_id", "rocketchat_token_id_file"],
      exclusive: "token_id",
    },
    { key: "token", type: SECRET, inherits: ["rocketchat_token", "rocketchat_token_file"], exclusive: "token" },
    { key: "token_file", type: STRING, inherits: ["rocketchat_token", "rocketchat_token_file"], exclusive: "token" },
    { key: "channel", type: STRING, templated: true },
    { key: "color", type: STRING, templated: true, default: '{{ if eq .Status "firing" }}red{{ else }}green{{ end }}' },
    { key: "title", type: STRING, templated: true, default: '{{ template "rocketchat.default.title" . }}' },
    { key: "title_link", type: STRING, templated: true, default: '{{ template "rocketchat.default.titlelink" . }}' },
    {
      key: "text",
      type: STRING,
      templated: true,
      default: '{{ template "rocketchat.default.text" . }}',
      multiline: true,
    },
    { key: "fields", type: listOf(structOf(ROCKETCHAT_ATTACHMENT_FIELD_STRUCT)), templated: true },
    { key: "short_fields", type: BOOL, default: false },
    { key: "emoji", type: STRING, templated: true, default: '{{ template "rocketchat.default.emoji" . }}' },
    { key: "icon_url", type: STRING, templated: true, default: '{{ template "rocketchat.default.iconurl" . }}' },
    { key: "image_url", type: STRING, templated: true },
    { key: "thumb_url", type: STRING, templated: true },
    { key: "link_names", type: BOOL, default: false },
    { key: "actions", type: listOf(structOf(ROCKETCHAT_ATTACHMENT_ACTION_STRUCT)), templated: true },
  ],
};
