import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { run } from "./preview";
import { captured } from "./testing/captured";

const CONFIG = `
global: {slack_api_url: "https://hooks.slack.com/services/T0/B0/SECRET"}
templates: ["*.tmpl"]
route: {receiver: team, group_by: [alertname]}
receivers:
- name: team
  slack_configs: [{channel: "#a", title: '{{ template "mine" . }}', text: ""}]
- name: mail
  email_configs: [{to: x@y.example, from: a@b.example, smarthost: "m:25", auth_username: u, auth_password: SECRET}]
- name: bad
  slack_configs: [{channel: "#a", title: "{{ .Nope }}"}]
  pagerduty_configs: [{routing_key: SECRET, description: "{{ .Nope }}"}]
- name: nothing
`;
const FIRING = {
  labels: { alertname: "A'B", severity: "critical" },
  annotations: { summary: "it's late" },
  startsAt: "2026-01-01T00:00:00Z",
};
/** As a GET of /api/v2/alerts answers. */
const ANSWERED = {
  ...FIRING,
  ...{
    endsAt: "2999-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    fingerprint: "f",
    receivers: [{ name: "x" }],
  },
  status: { state: "active", inhibitedBy: [], silencedBy: [] },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-preview-"));
  vi.stubEnv("DEFAULT_TEMPLATES_DIR", path.join(folder, "none"));
  writeFileSync(path.join(folder, "am.yml"), CONFIG);
  writeFileSync(
    path.join(folder, "mine.tmpl"),
    '{{ define "mine" }}{{ .Status }} {{ .CommonLabels.alertname }}{{ end }}',
  );
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function preview(receiver: string, alerts: unknown, ...more: string[]) {
  const file = path.join(folder, "alerts.json");
  writeFileSync(file, typeof alerts === "string" ? alerts : JSON.stringify(alerts));
  return captured(() => run([receiver, "--alerts", file, "--config", path.join(folder, "am.yml"), ...more]));
}

it("prints the request to the byte, with dots for the secret and templates from beside the configuration", async () => {
  const { code, out, err } = await preview("team", [FIRING], "--external-url", "https://am.example.org/");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(
    /^── slack_configs\[0\] · alerts · sent\n\nPOST https:\/\/hooks\.slack\.com\/••••\nHost: hooks\.slack\.com\n/,
  );
  expect(out).toContain(`"title":"firing A'B","title_link":"https://am.example.org/#/alerts?receiver=team"`);
  expect(out).not.toContain("SECRET");
});

it("takes alerts as Alertmanager answers, and one that has ended for resolved", async () => {
  expect((await preview("team", [ANSWERED])).out).toBe((await preview("team", [FIRING])).out);
  const ended = await preview("team", [{ ...FIRING, endsAt: "2026-01-02T00:00:00Z" }]);
  expect(ended).toEqual({ code: 0, err: "", out: "── slack_configs[0] · alerts · silent\n" });
});

it("prints commands for a shell, which send the same", async () => {
  const { out } = await preview("team", [FIRING], "--format", "curl");
  expect(out).toMatch(
    /^# ── slack_configs\[0\] · alerts · sent\n\ncurl --globoff --request POST 'https:\/\/hooks\.slack\.com\/'"\$SECRET" \\\n/,
  );
  expect(out).toContain(`"title":"firing A'\\''B"`);
  expect((await preview("mail", [FIRING], "-f", "curl")).out).toContain("# A mail goes by SMTP");
});

it("prints JSON without secrets, and says that a mail is approximate", async () => {
  const { code, out } = await preview("mail", [FIRING], "--format", "json");
  const [integration] = JSON.parse(out).integrations;
  expect({ code, ...integration.cases[0].requests[0] }).toMatchObject({ code: 0, smtp: true, approximation: true });
  expect(out).not.toMatch(/SECRET|sbxsecret/);
  expect((await preview("mail", [FIRING])).out).toContain(
    "approximation: the page of the mail is not that of the target",
  );
});

it("has the target's own page where an installation's files are there", async () => {
  const defaults = path.join(folder, "0.34");
  rmSync(path.join(folder, "mine.tmpl"));
  vi.stubEnv("DEFAULT_TEMPLATES_DIR", folder);
  const { mkdirSync } = await import("node:fs");
  mkdirSync(defaults);
  writeFileSync(path.join(defaults, "default.tmpl"), '{{ define "email.default.subject" }}S{{ end }}');
  writeFileSync(path.join(defaults, "email.tmpl"), '{{ define "email.default.html" }}<p>theirs</p>{{ end }}');
  const { out } = await preview("mail", [FIRING]);
  expect(out).toContain("<p>theirs</p>");
  expect(out).not.toContain("approximation");
});

it("ends with 1 when something could not be sent, and warns of what nobody is told", async () => {
  const { code, out } = await preview("bad", [FIRING]);
  expect(code).toBe(1);
  expect(out).toMatch(/── pagerduty_configs\[0\] · alerts · failed\nerror: .*can't evaluate field Nope/);
  expect(out).toMatch(
    /── slack_configs\[0\] · alerts · sent\nwarning: the template of title fails, and nothing says so/,
  );
  expect(out).not.toMatch(/SECRET|sbxsecret/);
});

it("shows the cases of the app without alerts, and says when nothing is sent", async () => {
  const config = path.join(folder, "am.yml");
  const { out } = await captured(() => run(["team", "-c", config]));
  const cases = [...out.matchAll(/^── .* · (\w+) · \w+$/gm)].map(([, name]) => name);
  expect(cases).toEqual(["one", "many", "resolved", "mixed", "missing", "huge", "hostile"]);
  expect((await preview("nothing", [FIRING])).out).toBe("It sends nothing.\n");
});

it.each([
  ["nobody", [FIRING], [], 1, /^There is no receiver "nobody" in .*; there are "team", "mail", "bad", "nothing"\.\n$/],
  ["team", "no", [], 1, /alerts\.json is not JSON/],
  ["team", [], [], 2, /must be a list of alerts: \[\{"labels"/],
  ["team", [{ labels: {} }], [], 2, /alert 1: labels must be an object of strings with one at least/],
  ["team", [FIRING, { ...FIRING, endsAt: "soon" }], [], 2, /alert 2: endsAt must be a time such as/],
  ["team", [FIRING], ["--format", "pdf"], 2, /^usage: signalbox preview/],
  ["team", [FIRING], ["more"], 2, /^usage: signalbox preview/],
  ["team", [FIRING], ["--external-url", "am.example"], 2, /--external-url is an address such as/],
  ["team", [FIRING], ["--target", "nagios"], 2, /no profile nagios/],
  [
    "team",
    [FIRING],
    ["--config", "/none.yml"],
    2,
    /^There is no file \/none\.yml; --config names the configuration\.\n$/,
  ],
])("%s %j %j ends with %i and says what to do", async (receiver, alerts, more, code, words) => {
  const said = await preview(receiver, alerts, ...more);
  expect(said).toMatchObject({ code, out: "" });
  expect(said.err).toMatch(words);
});

it("says why the target would not load the configuration", async () => {
  writeFileSync(path.join(folder, "am.yml"), "receivers: []");
  const { code, err } = await preview("team", [FIRING]);
  expect(code).toBe(1);
  expect(err).toMatch(/am\.yml:1:1: error: .*\n.*no routes provided\n/);
  expect(err).toMatch(/alertmanager@0\.34 would not load .*am\.yml; nothing would be sent\.\n$/);
});
