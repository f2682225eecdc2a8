import { BOOL, GO_DURATION, SECRET, STRING, structOf } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const PUSHOVER: IntegrationDefinition = {
  name: "PushoverConfig",
  key: "pushover_configs",
  label: "Pushover",
  exclusive: { user_key: { required: true }, token: { required: true }, format: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "user_key", type: SECRET, templated: true, exclusive: "user_key" },
    { key: "user_key_file", type: STRING, since: "0.26", exclusive: "user_key" },
    { key: "token", type: SECRET, templated: true, exclusive: "token" },
    { key: "token_file", type: STRING, since: "0.26", exclusive: "token" },
    { key: "title", type: STRING, templated: true, default: '{{ template "pushover.default.title" . }}' },
    {
      key: "message",
      type: STRING,
      templated: true,
      default: '{{ template "pushover.default.message" . }}',
      multiline: true,
    },
    { key: "url", type: STRING, templated: true, default: '{{ template "pushover.default.url" . }}' },
    { key: "url_title", type: STRING, templated: true },
    { key: "device", type: STRING, templated: true, since: "0.26" },
    { key: "sound", type: STRING, templated: true },
    { key: "priority", type: STRING, templated: true, default: '{{ if eq .Status "firing" }}2{{ else }}0{{ end }}' },
    { key: "retry", type: GO_DURATION, default: "1m0s" },
    { key: "expire", type: GO_DURATION, default: "1h0m0s" },
    { key: "ttl", type: GO_DURATION, since: "0.27" },
    { key: "html", type: BOOL, exclusive: "format" },
    { key: "monospace", type: BOOL, since: "0.29", exclusive: "format" },
  ],
};
