import { BOOL, listOf, mapOf, SECRET, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition, StructDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const OPSGENIE_CONFIG_RESPONDER_STRUCT: StructDefinition = {
  name: "OpsGenieConfigResponder",
  fields: [
    { key: "id", type: STRING, templated: true },
    { key: "name", type: STRING, templated: true },
    { key: "username", type: STRING, templated: true },
    { key: "type", type: STRING, templated: true },
  ],
};

export const OPSGENIE: IntegrationDefinition = {
  name: "OpsGenieConfig",
  key: "opsgenie_configs",
  label: "Opsgenie",
  exclusive: { api_key: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    {
      key: "api_key",
      type: SECRET,
      templated: true,
      inherits: ["opsgenie_api_key", "opsgenie_api_key_file"],
      exclusive: "api_key",
    },
    {
      key: "api_key_file",
      type: STRING,
      inherits: ["opsgenie_api_key", "opsgenie_api_key_file"],
      exclusive: "api_key",
    },
    { key: "api_url", type: URL, inherits: "opsgenie_api_url" },
    {
      key: "message",
      type: STRING,
      templated: true,
      default: '{{ template "opsgenie.default.message" . }}',
      multiline: true,
    },
    {
      key: "description",
      type: STRING,
      templated: true,
      default: '{{ template "opsgenie.default.description" . }}',
      multiline: true,
    },
    { key: "source", type: STRING, templated: true, default: '{{ template "opsgenie.default.source" . }}' },
    { key: "details", type: mapOf(STRING), templated: true },
    { key: "entity", type: STRING, templated: true },
    { key: "responders", type: listOf(structOf(OPSGENIE_CONFIG_RESPONDER_STRUCT)), templated: true },
    { key: "actions", type: STRING, templated: true },
    { key: "tags", type: STRING, templated: true },
    { key: "note", type: STRING, templated: true, multiline: true },
    { key: "priority", type: STRING, templated: true },
    { key: "update_alerts", type: BOOL },
  ],
};
