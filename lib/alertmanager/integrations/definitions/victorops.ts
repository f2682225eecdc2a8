import { BOOL, mapOf, SECRET, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const VICTOROPS: IntegrationDefinition = {
  name: "VictorOpsConfig",
  key: "victorops_configs",
  label: "VictorOps",
  exclusive: { api_key: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "api_key", type: SECRET, inherits: ["victorops_api_key", "victorops_api_key_file"], exclusive: "api_key" },
    {
      key: "api_key_file",
      type: STRING,
      inherits: ["victorops_api_key", "victorops_api_key_file"],
      exclusive: "api_key",
    },
    { key: "api_url", type: URL, inherits: "victorops_api_url" },
    { key: "routing_key", type: STRING, templated: true, required: true },
    { key: "message_type", type: STRING, templated: true, default: "CRITICAL" },
    {
      key: "state_message",
      type: STRING,
      templated: true,
      default: '{{ template "victorops.default.state_message" . }}',
      multiline: true,
    },
    {
      key: "entity_display_name",
      type: STRING,
      templated: true,
      default: '{{ template "victorops.default.entity_display_name" . }}',
    },
    {
      key: "monitoring_tool",
      type: STRING,
      templated: true,
      default: '{{ template "victorops.default.monitoring_tool" . }}',
    },
    { key: "custom_fields", type: mapOf(STRING), templated: true },
  ],
};
