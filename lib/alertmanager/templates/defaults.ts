import type { TargetProfile } from "../profiles";

/** A named template, the version that brought it, and our own wording of it. */
type Definition = readonly [name: string, since: string | null, text: string];

const SUBJECT = `{{ template "__subject" . }}`;
const URL = `{{ template "__alertmanagerURL" . }}`;
const NAME = `{{ template "__alertmanager" . }}`;
const COLOR = `{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}`;
const ANNOTATIONS = `{{ join " " .CommonAnnotations.Values }}`;

/** Firing and resolved alerts, each under its heading; `gap` is what stands before and behind a part that is there. */
function alertParts(list: string, heading: string, gap: string): string {
  const part = (word: "Firing" | "Resolved") =>
    `{{ with .Alerts.${word} }}${gap}${heading}Alerts ${word}:\n{{ template "${list}" . }}${gap}{{ end }}\n`;
  return part("Firing") + part("Resolved");
}

const SHORT_PARTS = alertParts("__text_alert_list", "", "");
const LONG_PARTS = alertParts("__text_alert_list", "", "\n");
const MARKDOWN = `\n${alertParts("__text_alert_list_markdown", "# ", "\n")}`;

/** Severities by rank: of the firing alerts, or of the resolved ones if none of the firing has a known one. */
const PRIORITY = ((rank: string) =>
  `{{ $found := "" }}{{ range .Alerts.Firing }}${rank}{{ end }}{{ if not $found }}{{ range .Alerts.Resolved }}${rank}{{ end }}{{ end }}{{ $found }}`)(
  `{{ $severity := .Labels.severity }}{{ if eq $severity "critical" }}{{ $found = "High" }}{{ else if and (eq $severity "warning") (ne $found "High") }}{{ $found = "Medium" }}{{ else if and (eq $severity "info") (eq $found "") }}{{ $found = "Low" }}{{ end }}`,
);

const LIST = `{{ range . }}Labels:
{{ range .Labels.SortedPairs }} - {{ .Name }} = {{ .Value }}
{{ end }}Annotations:
{{ range .Annotations.SortedPairs }} - {{ .Name }} = {{ .Value }}
{{ end }}Source: {{ .GeneratorURL }}
{{ end }}`;

const MARKDOWN_LIST = `
{{ range . }}Labels:
{{ range .Labels.SortedPairs }}  - {{ .Name }} = {{ .Value }}
{{ end }}
Annotations:
{{ range .Annotations.SortedPairs }}  - {{ .Name }} = {{ .Value }}
{{ end }}
Source: {{ .GeneratorURL }}

{{ end }}`;

/** Lines that stay empty: upstream's errors name the places of the subject (line 4) and of the list of alerts (line 7). */
const GAP: Definition = ["", null, ""];

const DEFINITIONS: readonly Definition[] = [
  ["__alertmanager", null, "Alertmanager"],
  ["__alertmanagerURL", null, "{{ .ExternalURL }}/#/alerts?receiver={{ .Receiver | urlquery }}"],
  GAP,
  [
    "__subject",
    null,
    `[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ len .Alerts.Firing }}{{ end }}] {{ join " " .GroupLabels.Values }} {{ if lt (len .GroupLabels) (len .CommonLabels) }}({{ join " " (.CommonLabels.Remove .GroupLabels.Names).Values }}){{ end }}`,
  ],
  ["__description", null, ""],
  GAP,
  ["__text_alert_list", null, LIST],
  ["__text_alert_list_markdown", "0.26", MARKDOWN_LIST],
  ["email.default.subject", null, SUBJECT],
  ["slack.default.title", null, SUBJECT],
  ["slack.default.username", null, NAME],
  [
    "slack.default.fallback",
    null,
    `{{ template "slack.default.title" . }} | {{ template "slack.default.titlelink" . }}`,
  ],
  ["slack.default.callbackid", null, ""],
  ["slack.default.pretext", null, ""],
  ["slack.default.titlelink", null, URL],
  ["slack.default.iconemoji", null, ""],
  ["slack.default.iconurl", null, ""],
  ["slack.default.text", null, ""],
  ["slack.default.footer", null, ""],
  ["slack.default.color", "0.32", COLOR],
  ["pagerduty.default.description", null, SUBJECT],
  ["pagerduty.default.client", null, NAME],
  ["pagerduty.default.clientURL", null, URL],
  ["pagerduty.default.instances", null, `{{ template "__text_alert_list" . }}`],
  ["opsgenie.default.message", null, SUBJECT],
  ["opsgenie.default.description", null, `${ANNOTATIONS}\n${SHORT_PARTS.trimEnd()}`],
  ["opsgenie.default.source", null, URL],
  ["wechat.default.message", null, `${SUBJECT}\n${ANNOTATIONS}\n${SHORT_PARTS}AlertmanagerUrl:\n${URL}`],
  ["wechat.default.to_user", null, ""],
  ["wechat.default.to_party", null, ""],
  ["wechat.default.to_tag", null, ""],
  ["wechat.default.agent_id", null, ""],
  ["victorops.default.state_message", null, `${ANNOTATIONS}\n${SHORT_PARTS.trimEnd()}`],
  ["victorops.default.entity_display_name", null, SUBJECT],
  ["victorops.default.monitoring_tool", null, NAME],
  ["pushover.default.title", null, SUBJECT],
  ["pushover.default.message", null, `${ANNOTATIONS}\n${LONG_PARTS}`],
  ["pushover.default.url", null, URL],
  ["sns.default.subject", null, SUBJECT],
  ["sns.default.message", null, `${ANNOTATIONS}\n${LONG_PARTS}`],
  ["telegram.default.message", null, `\n${LONG_PARTS}`],
  ["discord.default.content", "0.28", ""],
  ["discord.default.title", null, SUBJECT],
  ["discord.default.message", null, `\n${LONG_PARTS}`],
  ["webex.default.message", null, `${ANNOTATIONS}\n${LONG_PARTS}`],
  ["msteams.default.summary", "0.26", SUBJECT],
  ["msteams.default.title", "0.26", SUBJECT],
  ["msteams.default.text", "0.26", MARKDOWN],
  ["msteamsv2.default.title", "0.28", SUBJECT],
  ["msteamsv2.default.text", "0.28", MARKDOWN],
  ["jira.default.summary", "0.28", SUBJECT],
  ["jira.default.description", "0.28", MARKDOWN],
  ["jira.default.priority", "0.28", PRIORITY],
  ["rocketchat.default.title", "0.28", SUBJECT],
  ["rocketchat.default.alias", "0.28", NAME],
  ["rocketchat.default.titlelink", "0.28", URL],
  ["rocketchat.default.emoji", "0.28", ""],
  ["rocketchat.default.iconurl", "0.28", ""],
  ["rocketchat.default.text", "0.28", ""],
  ["mattermost.default.color", "0.32", COLOR],
  ["mattermost.default.username", "0.30", NAME],
  ["mattermost.default.title", "0.30", SUBJECT],
  ["mattermost.default.titlelink", "0.30", URL],
  [
    "mattermost.default.fallback",
    "0.32",
    `{{ template "mattermost.default.title" . }} | {{ template "mattermost.default.titlelink" . }}`,
  ],
  ["mattermost.default.text", "0.30", MARKDOWN],
];

/**
 * The built-in templates of a profile's version, in our own words: their output is upstream's, byte for byte.
 *
 * `email.default.html` is not among them: that page is upstream's text, and comes from an installation's own files
 * (see `parseTemplates`). A build without Jira (Debian's 0.28) has no templates for it.
 */
export function defaultTemplates(profile: TargetProfile): { name: string; content: string }[] {
  const known = DEFINITIONS.filter(
    ([name, since]) =>
      profile.reaches(since ?? undefined) && (!name.startsWith("jira.") || profile.knowsIntegration("jira_configs")),
  );
  const content = known.map(([name, , text]) => (name ? `{{ define "${name}" }}${text}{{ end }}` : "")).join("\n");
  return [{ name: "default.tmpl", content }];
}
