import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "./parse-config";

let last = 0;
const newId = () => `n${++last}`;
const read = (text: string) => parseConfig(text, { newId });

describe("parseConfig", () => {
  it("keeps the source text in text fields and resolves switches by YAML 1.1", () => {
    const { config } = read(
      "route: {receiver: 012}\nreceivers:\n- name: 012\n  slack_configs:\n  - {channel: yes, send_resolved: on, title: 1_000}\n",
    );
    expect(config!.receivers![0]).toMatchObject({
      name: "012",
      slack_configs: [{ channel: "yes", send_resolved: true, title: "1_000" }],
    });
  });

  it("tells all that strict decoding refuses in one message, and each by itself with its place", () => {
    const { config, diagnostics } = read(
      "route: {receiver: a, continu: true}\nreceivers:\n- name: a\n  name: b\n- 5\n",
    );
    expect(diagnostics[0]!.upstream).toBe(
      [
        "yaml: unmarshal errors:",
        "  line 1: field continu not found in type config.plain",
        "  line 4: field name already set in type config.plain",
        "  line 5: cannot unmarshal !!int `5` into config.plain",
      ].join("\n"),
    );
    expect(diagnostics[0]).toMatchObject({ path: ["route", "continu"], range: { start: { line: 1, column: 22 } } });
    expect(config!.route).toMatchObject({ continu: true });
  });

  it("judges by the target's version", () => {
    const text = "route: {receiver: a}\nreceivers:\n- name: a\n  jira_configs: [{project: P, api_url: 'x y'}]\n";
    const { diagnostics } = parseConfig(text, { newId, profile: profileFor("alertmanager@0.25") });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code }) => code)).toEqual(["integration_too_new"]);
    expect(errors[0]!.upstream).toContain("line 4: field jira_configs not found in type config.plain");
  });

  it("reads the first document only and says so", () => {
    const { config, diagnostics } = read("route: {receiver: a}\nreceivers: [{name: a}]\n---\nfoo: bar\n");
    expect(config!.route!.receiver).toBe("a");
    expect(diagnostics.find(({ code }) => code === "extra_document")).toMatchObject({ severity: "warning" });
  });

  it.each([
    ["a: *nope\n", "yaml: unknown anchor 'nope' referenced"],
    ["a: b: c\n", "yaml: mapping values are not allowed in this context"],
    ["a: \u0007\n", "yaml: control characters are not allowed"],
  ])("refuses %j as the real program does", (text, upstream) => {
    expect(read(text)).toMatchObject({ config: null, diagnostics: [{ code: "yaml_syntax", upstream }] });
  });

  it("survives what is meant to exhaust it", () => {
    expect(read("[".repeat(50_000)).config).toBeNull();
    const lines = ["route: {receiver: a}", "receivers:", "- name: a", "  webhook_configs:", "  - payload:"];
    lines.push("      a0: &a0 [x,x,x,x,x,x,x,x,x,x]");
    for (let level = 1; level < 9; level++) {
      lines.push(
        `      a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(",")}]`,
      );
    }
    expect(read(lines.join("\n")).diagnostics[0]).toMatchObject({
      upstream: "yaml: document contains excessive aliasing",
    });
  });

  it("keeps the ids of what is still there", () => {
    const text = (names: string[]) =>
      `route: {receiver: a, routes: [${names.map((name) => `{receiver: ${name}}`).join(", ")}]}\nreceivers:\n${names.map((name) => `- name: ${name}\n  webhook_configs: [{url: 'http://${name}'}]\n`).join("")}`;
    const before = read(text(["a", "b", "c"])).config!;
    const after = parseConfig(text(["c", "a", "d"]), { newId, previous: before }).config!;
    expect(after.receivers![0]!.id).toBe(before.receivers![2]!.id);
    expect(after.receivers![1]!.id).toBe(before.receivers![0]!.id);
    expect(after.receivers![0]!.webhook_configs![0]!.id).toBe(before.receivers![2]!.webhook_configs![0]!.id);
    expect(after.route!.id).toBe(before.route!.id);
    expect(after.route!.routes![0]!.id).toBe(before.route!.routes![2]!.id);
  });

  it("finds places through aliases, and the key for what is empty", () => {
    const { rangeOf } = read("global: &g {smtp_from: x}\nroute:\n  receiver: a\ntracing: *g\n");
    expect(rangeOf(["tracing", "smtp_from"])).toMatchObject({ start: { line: 1, column: 24 }, end: { column: 25 } });
    expect(rangeOf(["route", "receiver"], "key")).toMatchObject({ start: { line: 3, column: 3 } });
    expect(rangeOf(["receivers", 0])).toBeUndefined();
  });
});
