import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import type { PostedAlert } from "./alerts";
import { type BuildOptions, buildRequests } from "./build-requests";
import type { HttpRequest } from "./request";

const FIRING: PostedAlert = { labels: { alertname: "A" }, startsAt: "2026-01-01T00:00:00Z" };
const RESOLVED = { ...FIRING, endsAt: "2026-01-01T01:00:00Z" };

function build(yaml: string, options: Partial<BuildOptions> = {}, version = "0.34") {
  const profile = profileFor(`alertmanager@${version}`);
  const { config } = parseConfig(yaml, { profile, newId: () => "n" });
  return buildRequests(config!, profile, { phases: [[FIRING]], externalURL: "http://am", ...options });
}

/** The requests of a configuration with one receiver `a`. */
function sent(kind: string, fields: string, options: Partial<BuildOptions> = {}, version?: string) {
  const yaml = `{route: {receiver: a, group_by: [alertname]}, receivers: [{name: a, ${kind}_configs: [{${fields}}]}]}`;
  return build(yaml, options, version).requests as (HttpRequest & { phase: number })[];
}

const bodies = (requests: readonly HttpRequest[]) => requests.map(({ body }) => JSON.parse(body));

describe("which notifications there are", () => {
  const hook = "url: 'http://x/'";

  it("repeats nothing that is known", () => {
    expect(sent("webhook", hook, { phases: [[FIRING], [FIRING]] }).map(({ phase }) => phase)).toEqual([0]);
  });

  it("says why: first, new, some and all resolved, first again", () => {
    const other = { ...FIRING, labels: { alertname: "A", b: "2" } };
    const phases = [[FIRING], [other], [{ ...other, endsAt: RESOLVED.endsAt }], [RESOLVED], [FIRING]];
    expect(bodies(sent("webhook", hook, { phases })).map((body) => body.notification_reason)).toEqual([
      ...["first notification", "new alerts added", "some alerts resolved", "all alerts resolved"],
      "first notification",
    ]);
  });

  it("takes an end in the future for none", () => {
    const now = "2026-01-01T00:30:00Z";
    expect(bodies(sent("webhook", hook, { phases: [[RESOLVED]], now }))).toMatchObject([{ status: "firing" }]);
    expect(sent("webhook", hook, { phases: [[RESOLVED]] })).toEqual([]);
  });

  it("splits by group, route and integration", () => {
    const yaml = `
route:
  receiver: a
  group_by: [alertname]
  routes: [{receiver: b, matchers: ['b="1"'], continue: true}, {receiver: c, matchers: ['b="1"']}]
receivers:
- {name: a, webhook_configs: [{url: 'http://a/'}]}
- {name: b, webhook_configs: [{url: 'http://b/1'}, {url: 'http://b/2'}]}
- {name: c, webhook_configs: [{url: 'http://c/'}]}
`;
    const phases: PostedAlert[][] = [
      ["A", "B"].flatMap((alertname): PostedAlert[] => [{ labels: { alertname } }, { labels: { alertname, b: "1" } }]),
    ];
    const requests = build(yaml, { phases }).requests as readonly HttpRequest[];
    expect(requests.map(({ host, path }) => host + path).sort()).toEqual([
      ...["a/", "a/", "b/1", "b/1", "b/2", "b/2", "c/", "c/"],
    ]);
  });

  it("renders the labels of routes, which may use each other", () => {
    const yaml = `
route: {receiver: a, labels: {team: '{{ .CommonLabels.alertname }}', page: '{{ routeLabels "team" }}!'}}
receivers: [{name: a, webhook_configs: [{url: 'http://a/{{ .RouteLabels.page }}'}]}]
`;
    const requests = build(yaml).requests as readonly HttpRequest[];
    expect(requests[0]?.path).toBe("/A!");
    expect(bodies(requests)[0].routeLabels).toEqual({ page: "A!", team: "A" });
  });

  it("tries again what failed last", () => {
    const yaml = `{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url_file: /no}]}]}`;
    const { failures } = build(yaml, { repeats: 2 });
    expect(failures.map(({ phase, message }) => `${phase} ${message}`)).toEqual(
      [0, 1, 2].map((phase) => `${phase} read url_file: open /no: no such file or directory`),
    );
  });

  it("uses the templates that the configuration names", () => {
    const files = { "t/a.tmpl": '{{ define "x" }}yes{{ end }}', "t/b.txt": '{{ define "x" }}no{{ end }}' };
    const yaml = `{templates: ['t/*.tmpl'], route: {receiver: a}, receivers: [{name: a, discord_configs: [{webhook_url: 'http://d/', content: '{{ template "x" }}'}]}]}`;
    expect(bodies(build(yaml, { files }).requests as readonly HttpRequest[])[0].content).toBe("yes");
  });
});

describe("what no recording shows", () => {
  it("updates the message in Slack once it is there", () => {
    const fields =
      "api_url: 'https://slack.com/api/chat.postMessage', update_message: true, channel: c, send_resolved: true";
    const requests = sent("slack", fields, { phases: [[FIRING], [RESOLVED]] });
    expect(requests.map(({ path }) => path)).toEqual(["/api/chat.postMessage", "/api/chat.update"]);
    expect(bodies(requests)[1]).toMatchObject({ channel: "C123", ts: "1700000000.000100" });
  });

  it("sends nothing to Slack for an error before 0.32, and blanks since", () => {
    const fields = "api_url: 'http://s/', title: '{{ .Nope }}'";
    expect(sent("slack", fields, {}, "0.31")).toEqual([]);
    expect(bodies(sent("slack", fields, {}, "0.32"))[0].attachments[0].fallback).toBe("");
  });

  it("sends markdown to WeChat and asks for a token once", () => {
    const fields =
      "api_url: 'http://w/', corp_id: c, api_secret: s, message_type: markdown, message: m, send_resolved: true";
    const requests = sent("wechat", fields, { phases: [[FIRING], [RESOLVED]] });
    expect(requests.map(({ method }) => method)).toEqual(["GET", "POST", "POST"]);
    expect(JSON.parse(requests[1]!.body)).toMatchObject({ text: { content: "" }, markdown: { content: "m" } });
  });

  it("leaves out of a payload what is no text as a key, as YAML 1.1 reads it", () => {
    const odd = "y: 1, n: 1, yes: 1, No: 1, on: 1, OFF: 1, true: 1, 12: 1, 1.5: 1, ~: 1";
    const texts = "'y': a, \"no\": b, maybe: c, 2026-01-02: d";
    const fields = `url: 'http://h/', payload: {${odd}, ${texts}, below: [{${odd}, ${texts}}]}`;
    const kept = { y: "a", no: "b", maybe: "c", "2026-01-02": "d" };
    expect(bodies(sent("webhook", fields))[0]).toEqual({ ...kept, below: [kept] });
    expect(
      bodies(sent("pagerduty", `routing_key: k, details: {y: {${odd}, ${texts}}}`))[0].payload.custom_details,
    ).toMatchObject({ y: kept });
  });

  it("passes over what will not be fixed in Jira, and fills custom fields", () => {
    const fields =
      "api_url: 'http://j/rest/api/2', project: P, issue_type: Bug, wont_fix_resolution: Never, fields: {x: {k: '{{ len .Alerts }}', y: gone}}";
    const [search, issue] = bodies(sent("jira", fields));
    expect(search.jql).toContain('(resolution is EMPTY or resolution != "Never") and statusCategory != Done and ');
    expect(issue.fields.x).toEqual({ k: 1 });
    expect(bodies(sent("jira", fields, {}, "0.32"))[0].jql).toContain('resolution != "Never" and statusCategory');
  });

  it("leaves alone what must not be updated in Jira", () => {
    const fields =
      "api_url: 'http://j/rest/api/2', project: P, issue_type: Bug, summary: {template: s, enable_update: false}";
    const requests = sent("jira", fields, { server: { jiraExistingIssue: { status: "new" } } });
    expect(requests.map(({ method }) => method)).toEqual(["POST", "PUT"]);
    expect(bodies(requests)[1].fields).not.toHaveProperty("summary");
  });

  it("renders PagerDuty's details as texts before 0.30", () => {
    const fields = "routing_key: k, url: 'http://p/', details: {n: '{{ len .Alerts }}'}";
    const details = (version: string) => bodies(sent("pagerduty", fields, {}, version))[0].payload.custom_details.n;
    expect([details("0.29"), details("0.30")]).toEqual(["1", 1]);
  });

  it("asks WeChat for no token with a corporation that fails before 0.31", () => {
    const fields = "api_url: 'http://w/', corp_id: '{{ .Nope }}', api_secret: s";
    expect(sent("wechat", fields, {}, "0.30")).toEqual([]);
    expect(sent("wechat", fields, {}, "0.31").map(({ path }) => path)).toEqual(["/gettoken?corpid=&corpsecret=s"]);
  });

  it("tells in Slack of the title of a question before its text, and of a template before a file before 0.32", () => {
    const failure = (fields: string, version: string) => {
      const yaml = `{route: {receiver: a}, receivers: [{name: a, slack_configs: [{${fields}}]}]}`;
      return build(yaml, {}, version).failures[0]?.message;
    };
    const confirm = "{text: '{{ .Text }}', title: '{{ .Title }}'}";
    const actions = `api_url: 'http://s/', actions: [{type: t, text: t, name: n, confirm: ${confirm}}]`;
    expect(failure(actions, "0.31")).toContain("<.Title>");
    const file = "api_url_file: /no, channel: '{{ .Channel }}'";
    expect(failure(file, "0.31")).toContain("<.Channel>");
    expect(failure(file, "0.32")).toContain("open /no: no such file");
  });

  describe("a byte that is no UTF-8", () => {
    const BYTE = "'{{ \"a\\xff\" }}'";

    it("stays what it is in an address and in a query", () => {
      const victorops = `api_url: 'http://v/', api_key: k, routing_key: ${BYTE}`;
      expect(sent("victorops", victorops)[0]?.path).toBe("/k/a%FF");
      expect(sent("pushover", `user_key: u, token: t, url: ${BYTE}`)[0]?.path).toContain("&url=a%FF&");
    });

    it("is refused in a message of SNS, and sent in its subject", () => {
      const sns = (fields: string) => {
        const sigv4 = "sigv4: {region: r, access_key: a, secret_key: s}";
        const yaml = `{route: {receiver: a}, receivers: [{name: a, sns_configs: [{topic_arn: t, ${sigv4}, ${fields}}]}]}`;
        return build(yaml);
      };
      expect(sns(`message: ${BYTE}`)).toMatchObject({
        requests: [],
        failures: [{ message: "non utf8 encoded message string", retried: true }],
      });
      const [request] = sns(`subject: ${BYTE}, message: m`).requests as readonly HttpRequest[];
      expect(request?.body).toContain("&Subject=a%FF&");
    });

    it("is quoted in a mail and its headers", () => {
      const fields = `to: a@b.c, from: a@b.c, smarthost: 'h:25', headers: {subject: ${BYTE}}, text: ${BYTE}, html: ''`;
      const yaml = `{route: {receiver: a}, receivers: [{name: a, email_configs: [{${fields}}]}]}`;
      const [mail] = build(yaml).requests;
      const data = mail && "smtp" in mail ? mail.data : "";
      expect(data).toContain("Subject: =?utf-8?q?a=FF?=\r\n");
      expect(data).toContain("\r\n\r\na=FF\r\n--");
    });
  });

  it("tells the first error of Jira's own fields before that of the description, of Mattermost's pretext before the text", () => {
    const failure = (kind: string, fields: string) => {
      const yaml = `{route: {receiver: a}, receivers: [{name: a, ${kind}_configs: [{${fields}}]}]}`;
      return build(yaml).failures[0]?.message;
    };
    const jira = "api_url: 'http://j/', project: P, issue_type: Bug, description: '{{ .D }}', fields: {x: '{{ .X }}'}";
    expect(failure("jira", jira)).toMatch(/^fields template: .*<\.X>/);
    const attachment = "text: '{{ .Text }}', fields: [{title: '{{ .Title }}', value: v}]";
    const mattermost = (more: string) => `webhook_url: 'http://m/', attachments: [{${attachment}, ${more}}]`;
    expect(failure("mattermost", mattermost("pretext: '{{ .Pretext }}'"))).toContain("<.Pretext>");
    expect(failure("mattermost", mattermost("image_url: '{{ .Image }}'"))).toContain("<.Text>");
    const late = "fields: [{title: '{{ .Title }}', value: v}], image_url: '{{ .Image }}'";
    expect(failure("mattermost", `webhook_url: 'http://m/', attachments: [{text: x, ${late}}]`)).toContain("<.Image>");
  });

  it("tells the first error of PagerDuty in the order in which Alertmanager renders: the client, then the key", () => {
    const failure = (fields: string) => {
      const yaml = `{route: {receiver: a}, receivers: [{name: a, pagerduty_configs: [{${fields}}]}]}`;
      return build(yaml).failures[0]?.message;
    };
    const [client, key] = ["client: '{{ .Client }}'", "key: '{{ .Key }}'"];
    expect(failure(`${client}, routing_${key}`)).toContain("<.Client>");
    expect(failure(`source: '{{ .Source }}', routing_${key}`)).toContain("<.Key>");
    expect(failure(`${client}, service_${key}`)).toContain("<.Key>");
  });

  it("cuts a long page of Telegram before 0.32", () => {
    const fields = "bot_token: t, chat_id: 1, message: '{{ (index .Alerts 0).Annotations.long }}'";
    const phases = [[{ ...FIRING, annotations: { long: "x".repeat(5000) } }]];
    expect(bodies(sent("telegram", fields, { phases }, "0.31"))[0].text).toBe(`${"x".repeat(4095)}…`);
    expect(bodies(sent("telegram", fields, { phases }, "0.32"))[0].text).toMatch(
      /^Alertmanager notification could not/,
    );
  });

  it("tells an error that passes by", () => {
    const yaml = `{route: {receiver: a}, receivers: [{name: a, victorops_configs: [{api_key: k, routing_key: r, state_message: '{{ .Nope }}'}]}]}`;
    expect(build(yaml).failures).toMatchObject([{ integration: "victorops", index: 0, retried: true }]);
  });

  it.each([
    ["{{ .Status }}", 'unsupported protocol scheme ""'],
    ["{{ .Status }}://x", 'unsupported protocol scheme "firing"'],
    ["http://{{ .CommonLabels.x }}/", "http: no Host in request URL"],
  ])("sends nothing to %s", (url, problem) => {
    const yaml = `{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: '${url}'}]}]}`;
    const { requests, failures } = build(yaml);
    expect([requests, failures[0]?.message, failures[0]?.retried]).toEqual([[], `Post "<redacted>": ${problem}`, true]);
  });

  it("takes name and password from the address, and headers from files", () => {
    const fields = "url: 'http://u%40x:p@h/', http_config: {http_headers: {x-a: {files: [f]}}}";
    const [request] = sent("webhook", fields, { files: { f: "v\n" } });
    expect(request).toMatchObject({ host: "h", headers: expect.arrayContaining([["X-A", "v"]]) });
    expect(request?.headers).toContainEqual(["Authorization", `Basic ${btoa("u@x:p")}`]);
  });

  it("keeps the special characters of a key in the path", () => {
    const fields = "api_url: 'http://v/alert', api_key: 'a?b', routing_key: 'c#d%'";
    expect(sent("victorops", fields)[0]?.path).toBe("/alert/a%3Fb/c%23d%25");
  });
});
