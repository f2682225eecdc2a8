import { ANY, BOOL, GO_DURATION, SECRET_TEMPLATE_URL, STRING, structOf, UINT } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const WEBHOOK: IntegrationDefinition = {
  name: "WebhookConfig",
  key: "webhook_configs",
  label: "Webhook",
  exclusive: { url: { required: true } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "url", type: SECRET_TEMPLATE_URL, templated: true, exclusive: "url" },
    { key: "url_file", type: STRING, since: "0.26", exclusive: "url" },
    { key: "max_alerts", type: UINT, default: 0 },
    { key: "timeout", type: GO_DURATION, default: "0s", since: "0.28" },
    { key: "payload", type: ANY, templated: true, since: "0.32", multiline: true },
  ],
};
