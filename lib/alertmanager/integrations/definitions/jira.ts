import { ANY, BOOL, DURATION, enumOf, listOf, mapOf, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition, StructDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const JIRA_FIELD_CONFIG_STRUCT: StructDefinition = {
  name: "JiraFieldConfig",
  shorthand: "template",
  fields: [
    { key: "template", type: STRING, templated: true },
    { key: "enable_update", type: BOOL },
  ],
};

export const JIRA: IntegrationDefinition = {
  name: "JiraConfig",
  key: "jira_configs",
  label: "Jira",
  since: "0.28",
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "api_url", type: URL, inherits: "jira_api_url" },
    { key: "api_type", type: enumOf("auto", "cloud", "datacenter"), default: "auto", since: "0.29" },
    { key: "project", type: STRING, templated: true, required: true },
    {
      key: "summary",
      type: structOf(JIRA_FIELD_CONFIG_STRUCT),
      was: { until: "0.30", type: STRING },
      templated: true,
      default: '{{ template "jira.default.summary" . }}',
      multiline: true,
    },
    {
      key: "description",
      type: structOf(JIRA_FIELD_CONFIG_STRUCT),
      was: { until: "0.30", type: STRING },
      templated: true,
      default: '{{ template "jira.default.description" . }}',
      multiline: true,
    },
    { key: "labels", type: listOf(STRING), templated: true },
    { key: "priority", type: STRING, templated: true, default: '{{ template "jira.default.priority" . }}' },
    { key: "issue_type", type: STRING, templated: true, required: true },
    { key: "reopen_transition", type: STRING },
    { key: "resolve_transition", type: STRING },
    { key: "wont_fix_resolution", type: STRING },
    { key: "reopen_duration", type: DURATION },
    { key: "fields", type: mapOf(ANY), templated: true },
  ],
};
