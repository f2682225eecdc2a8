import { BOOL, SECRET_URL, STRING, structOf } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const MSTEAMS: IntegrationDefinition = {
  name: "MSTeamsConfig",
  key: "msteams_configs",
  label: "Microsoft Teams",
  since: "0.26",
  exclusive: { webhook_url: { required: true } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "webhook_url", type: SECRET_URL, exclusive: "webhook_url" },
    { key: "webhook_url_file", type: STRING, since: "0.27", exclusive: "webhook_url" },
    { key: "title", type: STRING, templated: true, default: '{{ template "msteams.default.title" . }}' },
    {
      key: "summary",
      type: STRING,
      templated: true,
      default: '{{ template "msteams.default.summary" . }}',
      since: "0.27",
      multiline: true,
    },
    { key: "text", type: STRING, templated: true, default: '{{ template "msteams.default.text" . }}', multiline: true },
  ],
};
