import { BOOL, GO_DURATION, SECRET, STRING, structOf, UINT, URL } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const INCIDENTIO: IntegrationDefinition = {
  name: "IncidentioConfig",
  key: "incidentio_configs",
  label: "incident.io",
  since: "0.29",
  exclusive: { url: { required: true }, alert_source_token: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "url", type: URL, exclusive: "url" },
    { key: "url_file", type: STRING, exclusive: "url" },
    { key: "alert_source_token", type: SECRET, exclusive: "alert_source_token" },
    { key: "alert_source_token_file", type: STRING, exclusive: "alert_source_token" },
    { key: "max_alerts", type: UINT, default: 0 },
    { key: "timeout", type: GO_DURATION, default: "0s" },
  ],
};
