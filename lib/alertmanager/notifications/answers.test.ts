import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { buildRequests } from "./build-requests";
import type { HttpRequest } from "./request";

const FIRING = { labels: { alertname: "A" }, startsAt: "2026-01-01T00:00:00Z" };
const RESOLVED = { ...FIRING, endsAt: "2026-01-01T01:00:00Z" };

/** Requests of one integration, given what was really answered to those before. */
function sent(kind: string, fields: string, answers: unknown[], phases = [[FIRING]]) {
  const profile = profileFor("alertmanager@0.34");
  const yaml = `{route: {receiver: a}, receivers: [{name: a, ${kind}_configs: [{${fields}}]}]}`;
  const { config } = parseConfig(yaml, { profile, newId: () => "n" });
  const server = { answers: answers.map((answer) => (typeof answer === "string" ? answer : JSON.stringify(answer))) };
  const { requests, failures } = buildRequests(config!, profile, { phases, externalURL: "http://am", server });
  const calls = requests as readonly (HttpRequest & { phase: number })[];
  return {
    lines: calls.map(({ method, path }) => `${method} ${path}`),
    bodies: calls.map(({ body }) => body),
    failures,
  };
}

it("WeChat's message carries the token that was given", () => {
  const fields = "corp_id: c, api_secret: s, api_url: 'http://w/', to_user: u, agent_id: '1'";
  expect(sent("wechat", fields, [{ access_token: "real&1" }]).lines[1]).toBe(
    "POST /message/send?access_token=real%261",
  );
  expect(sent("wechat", fields, []).lines[1]).toBe("POST /message/send?access_token=tok");
});

const jira =
  "api_url: 'http://j/rest/api/2', project: P, issue_type: Bug, reopen_transition: Again, resolve_transition: Fin";
const issues = (status: string) => ({
  issues: [{ key: "P-7", fields: { status: { statusCategory: { key: status } } } }],
});

it("Jira's issue is the one that was found, or a new one", () => {
  expect(sent("jira", jira, [{ issues: [] }]).lines).toEqual(["POST /rest/api/2/search", "POST /rest/api/2/issue"]);
  expect(sent("jira", jira, [issues("new")]).lines).toEqual(["POST /rest/api/2/search", "PUT /rest/api/2/issue/P-7"]);
  expect(sent("jira", jira, ["<html>"]).lines[1]).toBe("POST /rest/api/2/issue");
});

it("Jira's transition has the id that was offered, and an error where none is", () => {
  const transitions = { transitions: [{ id: "99", name: "Again" }] };
  const { lines, bodies } = sent("jira", jira, [issues("done"), "", transitions]);
  expect(lines.slice(2)).toEqual(["GET /rest/api/2/issue/P-7/transitions", "POST /rest/api/2/issue/P-7/transitions"]);
  expect(JSON.parse(bodies[3] ?? "")).toEqual({ transition: { id: "99" } });
  expect(sent("jira", jira, [issues("done"), "", { transitions: [] }]).failures).toMatchObject([
    { message: "can't find transition Again for issue P-7" },
  ]);
});

it("Slack's update names the message that was answered, and is a new one where none was", () => {
  const fields =
    "api_url: 'http://s/', channel: '#c', update_message: true, send_resolved: true, http_config: {authorization: {credentials: t}}";
  const phases = [[FIRING], [RESOLVED]];
  const real = sent("slack", fields, [{ ok: true, ts: "1.2", channel: "C9" }], phases);
  expect(JSON.parse(real.bodies[1] ?? "")).toMatchObject({ ts: "1.2", channel: "C9" });
  const none = sent("slack", fields, [""], phases);
  expect(JSON.parse(none.bodies[1] ?? "")).toMatchObject({ channel: "#c" });
  expect(none.lines).toEqual(["POST /", "POST /"]);
});
