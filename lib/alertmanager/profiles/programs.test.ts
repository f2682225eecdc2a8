import { describe, expect, it } from "vitest";
import { isRefusal } from "../validation";
import { parseConfig } from "../yaml/parse-config";
import { PROFILE_IDS, profileFor } from "./profiles";

const judge = (target: string, receiver: string, route = "receiver: a") => {
  const text = `route: {${route}}\nreceivers: [{name: a, ${receiver}}]\n`;
  const { diagnostics } = parseConfig(text, { profile: profileFor(target), newId: () => "id" });
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map((diagnostic) => [diagnostic.code, isRefusal(diagnostic)]);
};
const JIRA = "jira_configs: [{api_url: 'http://h', project: P, issue_type: B}]";
const HOOK = "webhook_configs: [{url: 'http://h'}]";

describe("programs around Alertmanager", () => {
  it("have a profile each, beside Alertmanager's own", () => {
    expect(profileFor("mimir@3.2.0")).toMatchObject({ id: "mimir@3.2", version: "0.33", matcherDialect: "classic" });
    expect(profileFor("cortex@1.21").shared?.program).toBe("cortex");
    expect(PROFILE_IDS.every((id) => id.startsWith("alertmanager@"))).toBe(true);
    expect(() => profileFor("grafana@13")).toThrow("mimir@3.2, cortex@1.21, prometheus-operator@0.93");
  });

  it("take integrations that they never send through", () => {
    expect(judge("mimir@3.2", JIRA)).toEqual([["integration_never_sent", false]]);
    expect(judge("cortex@1.21", JIRA)).toEqual([]);
  });

  it("share a disk, and refuse only some of the keys that read it", () => {
    const file = (key: string) =>
      `webhook_configs: [{url: 'http://h', http_config: {basic_auth: {${key}: /etc/passwd}}}]`;
    expect(judge("mimir@3.2", file("password_file"))).toEqual([["file_not_allowed", true]]);
    expect(judge("mimir@3.2", file("username_file"))).toEqual([["file_not_allowed", false]]);
    expect(judge("cortex@1.21", file("username_file"))).toEqual([["file_not_allowed", true]]);
    const header = "webhook_configs: [{url: 'http://h', http_config: {http_headers: {X: {files: [/etc/passwd]}}}}]";
    expect(judge("mimir@3.2", header)).toEqual([["file_not_allowed", false]]);
    expect(judge("alertmanager@0.33", header)).toEqual([]);
  });

  it("read matchers in the old syntax, but for the operator", () => {
    const route = "receiver: a, routes: [{matchers: ['a.b=c']}]";
    expect(judge("mimir@3.2", HOOK, route)).toEqual([["invalid_matcher", true]]);
    expect(judge("prometheus-operator@0.93", HOOK, route)).toEqual([]);
  });

  it("replace variables before Alertmanager sees them", () => {
    const receiver = "pagerduty_configs: [{routing_key: k, description: 'from $(HOME)'}]";
    expect(judge("prometheus-operator@0.93", receiver)).toEqual([["environment_expanded", false]]);
    expect(judge("mimir@3.2", receiver)).toEqual([]);
  });
});

describe("Debian's build of 0.28", () => {
  it("leaves Jira out; upstream's has it", () => {
    expect(judge("alertmanager@0.28", JIRA)).toEqual([["key_left_out", true]]);
    expect(judge("alertmanager@0.28-upstream", JIRA)).toEqual([]);
  });
});
