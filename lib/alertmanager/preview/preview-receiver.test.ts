import { describe, expect, it } from "vitest";
import type { PostedAlert } from "../notifications/alerts";
import { buildRequests } from "../notifications/build-requests";
import type { HttpRequest } from "../notifications/request";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { maskSecrets } from "./mask";
import { previewReceiver } from "./preview-receiver";
import { PREVIEW_CASES, sampleCases } from "./sample-cases";

const externalURL = "https://am.example";

function preview(yaml: string, version = "0.34", receiver: string | number = "team") {
  const profile = profileFor(`alertmanager@${version}`);
  const { config } = parseConfig(yaml, { profile, newId: () => "n" });
  return previewReceiver({ config: config!, templates: [] }, profile, { receiver, externalURL });
}

const ROUTE = "route: {receiver: root, routes: [{receiver: team, group_by: [alertname, team]}]}";
const hook = (fields = "") => `${ROUTE}
receivers: [{name: root}, {name: team, webhook_configs: [{url: 'http://hook.example/token'${fields}}]}]`;

describe("previewReceiver", () => {
  it("shows every case of every integration", () => {
    const { route, receiver, integrations } = preview(hook());
    expect({ route, receiver }).toEqual({ route: ["route", "routes", 0], receiver: "team" });
    expect(integrations.map(({ path }) => path)).toEqual([["receivers", 1, "webhook_configs", 0]]);
    expect(integrations[0]!.cases.map((one) => [one.case, one.outcome])).toEqual(
      PREVIEW_CASES.map((id) => [id, "sent"]),
    );
  });

  it("shows a resolved alert as one that was notified before", () => {
    const reasons = (fields?: string) =>
      preview(hook(fields)).integrations[0]!.cases.map(({ requests: [request] }) =>
        request ? JSON.parse((request as HttpRequest).body).notification_reason : null,
      );
    const [first, resolved, added] = ["first notification", "all alerts resolved", "new alerts added"];
    expect(reasons()).toEqual([first, first, resolved, added, first, first, first]);
    expect(reasons(", send_resolved: false")).toEqual([first, first, null, added, first, first, first]);
  });

  it("groups by alertname where no route leads to it", () => {
    const yaml =
      "{route: {receiver: root}, receivers: [{name: root}, {name: team, webhook_configs: [{url: 'http://h/'}]}]}";
    const { route, integrations } = preview(yaml);
    expect(route).toBeNull();
    const [one] = integrations[0]!.cases;
    expect(JSON.parse((one!.requests[0] as HttpRequest).body).groupLabels).toEqual({
      alertname: "PostgresReplicationLag",
    });
  });

  it("says loudly what Slack leaves blank without a word", () => {
    const yaml = `${ROUTE}
receivers: [{name: root}, {name: team, slack_configs: [{api_url: 'https://s.example/x', channel: a, title: '{{ .Nope }}', send_resolved: true}]}]`;
    const upstream = expect.stringContaining("can't evaluate field Nope");
    expect(preview(yaml).integrations[0]!.cases[0]).toMatchObject({
      outcome: "sent",
      warnings: [{ code: "template_ignored", path: ["title"], message: upstream }],
    });
    expect(preview(yaml, "0.31").integrations[0]!.cases[0]).toMatchObject({
      outcome: "failed",
      failure: { message: upstream, retried: false, path: ["title"] },
      requests: [],
    });
  });

  it("hides what is secret and shows where it goes", () => {
    const { integrations } = preview(hook(", http_config: {basic_auth: {username: u, password: hidden}}"));
    const request = maskSecrets(integrations[0]!.cases[0]!.requests[0] as HttpRequest);
    expect(request).toMatchObject({ host: "hook.example", path: "/••••" });
    expect(request.headers).toContainEqual(["Authorization", "Basic ••••"]);
  });

  it("sends what the whole configuration would send", () => {
    const profile = profileFor("alertmanager@0.34");
    const yaml = hook().replaceAll("/token", "");
    const { config } = parseConfig(yaml, { profile, newId: () => "n" });
    const [one] = sampleCases();
    const phases: PostedAlert[][] = [[...one!.alerts]];
    const { requests } = buildRequests(config!, profile, { phases, externalURL });
    const [previewed] = preview(yaml).integrations[0]!.cases[0]!.requests as HttpRequest[];
    const { phase: _, ...built } = requests[0] as HttpRequest & { phase: number };
    expect(previewed).toEqual({ ...built, path: expect.any(String) });
  });

  it("answers nothing for a receiver that is not there", () => {
    expect(preview(hook(), "0.34", "nobody").integrations).toEqual([]);
  });
});
