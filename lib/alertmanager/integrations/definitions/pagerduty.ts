import { ANY, BOOL, GO_DURATION, listOf, mapOf, SECRET, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition, StructDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const PAGERDUTY_LINK_STRUCT: StructDefinition = {
  name: "PagerdutyLink",
  fields: [
    { key: "href", type: STRING, templated: true },
    { key: "text", type: STRING, templated: true, multiline: true },
  ],
};

export const PAGERDUTY_IMAGE_STRUCT: StructDefinition = {
  name: "PagerdutyImage",
  fields: [
    { key: "src", type: STRING, templated: true },
    { key: "alt", type: STRING, templated: true },
    { key: "href", type: STRING, templated: true },
  ],
};

export const PAGERDUTY: IntegrationDefinition = {
  name: "PagerdutyConfig",
  key: "pagerduty_configs",
  label: "PagerDuty",
  exclusive: { routing_key: { required: false }, service_key: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "service_key", type: SECRET, templated: true, exclusive: "service_key" },
    { key: "service_key_file", type: STRING, exclusive: "service_key" },
    { key: "routing_key", type: SECRET, templated: true, exclusive: "routing_key" },
    { key: "routing_key_file", type: STRING, exclusive: "routing_key" },
    { key: "url", type: URL, inherits: "pagerduty_url" },
    { key: "client", type: STRING, templated: true, default: '{{ template "pagerduty.default.client" . }}' },
    { key: "client_url", type: STRING, templated: true, default: '{{ template "pagerduty.default.clientURL" . }}' },
    {
      key: "description",
      type: STRING,
      templated: true,
      default: '{{ template "pagerduty.default.description" .}}',
      multiline: true,
    },
    {
      key: "details",
      type: mapOf(ANY),
      was: { until: "0.30", type: mapOf(STRING) },
      templated: true,
      default: {
        firing: "{{ .Alerts.Firing | toJson }}",
        num_firing: "{{ .Alerts.Firing | len }}",
        num_resolved: "{{ .Alerts.Resolved | len }}",
        resolved: "{{ .Alerts.Resolved | toJson }}",
      },
    },
    { key: "images", type: listOf(structOf(PAGERDUTY_IMAGE_STRUCT)), templated: true },
    { key: "links", type: listOf(structOf(PAGERDUTY_LINK_STRUCT)), templated: true },
    { key: "source", type: STRING, templated: true, default: '{{ template "pagerduty.default.client" . }}' },
    { key: "severity", type: STRING, templated: true },
    { key: "class", type: STRING, templated: true },
    { key: "component", type: STRING, templated: true },
    { key: "group", type: STRING, templated: true },
    { key: "timeout", type: GO_DURATION, default: "0s", since: "0.30" },
  ],
};
