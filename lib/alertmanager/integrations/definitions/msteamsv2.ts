import { BOOL, SECRET_URL, STRING, structOf } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const MSTEAMSV2: IntegrationDefinition = {
  name: "MSTeamsV2Config",
  key: "msteamsv2_configs",
  label: "Microsoft Teams (Workflows)",
  since: "0.28",
  exclusive: { webhook_url: { required: true } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "webhook_url", type: SECRET_URL, exclusive: "webhook_url" },
    { key: "webhook_url_file", type: STRING, exclusive: "webhook_url" },
    { key: "title", type: STRING, templated: true, default: '{{ template "msteamsv2.default.title" . }}' },
    {
      key: "text",
      type: STRING,
      templated: true,
      default: '{{ template "msteamsv2.default.text" . }}',
      multiline: true,
    },
  ],
};
