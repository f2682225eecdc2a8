import { BOOL, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const WEBEX: IntegrationDefinition = {
  name: "WebexConfig",
  key: "webex_configs",
  label: "Webex",
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "api_url", type: URL, inherits: "webex_api_url" },
    {
      key: "message",
      type: STRING,
      templated: true,
      default: '{{ template "webex.default.message" . }}',
      multiline: true,
    },
    { key: "room_id", type: STRING, templated: true, required: true },
  ],
};
