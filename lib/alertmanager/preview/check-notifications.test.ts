import { expect, it } from "vitest";
import { PROFILE_IDS, profileFor } from "../profiles";
import { DIAGNOSTIC_MESSAGES } from "../validation";
import { parseConfig } from "../yaml/parse-config";
import { checkNotifications } from "./check-notifications";

const NEWEST = "alertmanager@0.34";

function findings(fields: string, kind = "slack", id = NEWEST) {
  const profile = profileFor(id);
  const yaml = `{route: {receiver: a}, receivers: [{name: a, ${kind}_configs: [{${fields}}]}]}`;
  const { config } = parseConfig(yaml, { profile, newId: () => "n" });
  return checkNotifications({ config: config!, templates: [] }, profile).map(({ code, severity, path, params }) =>
    [severity, code, path.slice(4).join("."), params.cases].join(" "),
  );
}

const SLACK = "api_url: 'https://s.example/x', channel: a";
const ALL = "one, many, resolved, mixed, missing, huge, hostile";
const FIRING = "one, many, mixed, missing, huge, hostile";

it("finds templates that fail, in the cases in which they do", () => {
  expect(
    findings(
      "url: 'http://h/', message: '{{ .Nope }}', room_id: r, http_config: {authorization: {credentials: x}}",
      "webex",
    ),
  ).toEqual([`error notification_template_fails message ${ALL}`]);
  expect(findings(`${SLACK}, title: '{{ (index .Alerts 1).Status }}'`, "slack", "alertmanager@0.31")).toEqual([
    "error notification_template_fails title one, missing, huge, hostile",
  ]);
});

it("finds what Slack sends with blanks and without a word", () => {
  expect(findings(`${SLACK}, title: '{{ .Nope }}'`)).toEqual([`error template_ignored title ${FIRING}`]);
});

it("finds blanks that are refused, and others", () => {
  expect(findings("routing_key: x, severity: '{{ .CommonLabels.severity }}'", "pagerduty")).toContain(
    "error notification_blank severity missing",
  );
  expect(findings(`${SLACK}, text: '{{ .CommonAnnotations.summary }}'`)).toContain(
    "warning notification_blank text many, mixed, missing",
  );
});

it("finds what is cut", () => {
  expect(findings("routing_key: x, description: '{{ .CommonAnnotations.description }} '", "pagerduty")).toContain(
    "info notification_truncated description huge",
  );
});

it("leaves to the validator what does not parse or is not there", () => {
  expect(findings(`${SLACK}, title: '{{ nope }}', text: '{{ template "none" . }}'`)).toEqual([]);
});

it("finds nothing wrong with what every integration does by default", () => {
  const kinds: [string, string][] = [
    ["webhook", "url: 'http://h/'"],
    ["email", "to: a@b.c, from: a@b.c, smarthost: 'h:25'"],
    ["pagerduty", "routing_key: x"],
    ["pagerduty", "service_key: x"],
    ["opsgenie", "api_key: x"],
    ["wechat", "api_secret: x, corp_id: c"],
    ["slack", SLACK],
    ["victorops", "api_key: x, routing_key: r"],
    ["pushover", "token: x, user_key: y"],
    ["sns", "topic_arn: 'arn:aws:sns:us-east-2:123456789012:t', sigv4: {region: us-east-2}"],
    ["telegram", "bot_token: x, chat_id: 1"],
    ["discord", "webhook_url: 'https://d.example/x'"],
    ["webex", "room_id: r, http_config: {authorization: {credentials: x}}"],
    ["msteams", "webhook_url: 'https://t.example/x'"],
    ["msteamsv2", "webhook_url: 'https://t.example/x'"],
    ["jira", "api_url: 'https://j.example/rest/api/2', project: P, issue_type: Bug"],
    ["incidentio", "url: 'https://i.example/', alert_source_token: x"],
    ["rocketchat", "token: x, token_id: y, channel: c, api_url: 'https://r.example/'"],
    ["mattermost", "webhook_url: 'https://m.example/x'"],
  ];
  for (const id of [...PROFILE_IDS, "mimir@3.2", "cortex@1.21", "prometheus-operator@0.93"]) {
    for (const [kind, fields] of kinds) {
      const loud = findings(`${fields}, send_resolved: true`, kind, id).filter(
        (finding) => !finding.startsWith("info"),
      );
      expect([id, kind, loud]).toEqual([id, kind, []]);
    }
  }
});

it("has a text for each finding", () => {
  expect(DIAGNOSTIC_MESSAGES.template_ignored).toContain("{cases}");
});

it("looks once at a receiver that stays the same object, wherever others change", () => {
  const profile = profileFor(NEWEST);
  const yaml = `{route: {receiver: a}, receivers: [{name: a, slack_configs: [{${SLACK}, title: '{{ .Nope }}'}]}, {name: b}]}`;
  const { config } = parseConfig(yaml, { profile, newId: () => "n" });
  const templates: never[] = [];
  const [before] = checkNotifications({ config: config!, templates }, profile);
  const edited = { ...config!, receivers: [config!.receivers![0]!, { id: "c", name: "c" }] };
  expect(checkNotifications({ config: edited, templates }, profile)[0]).toBe(before);
  const global = { resolve_timeout: "1m" };
  expect(checkNotifications({ config: { ...edited, global }, templates }, profile)[0]).not.toBe(before);
});
