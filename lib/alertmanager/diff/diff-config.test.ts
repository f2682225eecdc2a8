import { describe, expect, it } from "vitest";
import type { Config } from "../config/types";
import { planLine } from "./config-change";
import { diffConfig } from "./diff-config";

const base: Config = {
  global: { resolve_timeout: "5m", smtp_auth_password: "one" },
  route: {
    id: "root",
    receiver: "a",
    routes: [
      { id: "r1", receiver: "a", matchers: ['team="a"'] },
      { id: "r2", receiver: "b", matchers: ['team="b"'], routes: [{ id: "r3", receiver: "b", matchers: ["x=y"] }] },
    ],
  },
  receivers: [
    { id: "a", name: "a", slack_configs: [{ id: "s1", channel: "#a", api_url: "https://hooks.slack.com/old" }] },
    {
      id: "b",
      name: "b",
      webhook_configs: [{ id: "w1", url: "https://x.example.org/old", http_config: { proxy_url: "p" } }],
    },
  ],
  inhibit_rules: [{ source_matchers: ["a=b"], target_matchers: ["c=d"] }],
};

function diff(edit: (config: Config) => unknown) {
  const after = structuredClone(base);
  edit(after);
  return diffConfig({ config: base, templates: [] }, { config: after, templates: [] });
}

describe("diffConfig", () => {
  it("finds nothing where nothing differs", () => expect(diff(() => {})).toEqual([]));

  it("says that a secret changed, never its value", () => {
    const changes = diff((config) => {
      config.receivers![0]!.slack_configs![0]!.api_url = "https://hooks.slack.com/new";
      config.global!.smtp_auth_password = "two";
    });
    expect(changes.map(({ key, secret }) => [key, secret])).toEqual([
      ["smtp_auth_password", true],
      ["api_url", true],
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/new|old|one|two/);
  });

  it("hides the secrets inside a block that comes as a whole", () => {
    const changes = diff((config) => {
      config.global!.http_config = { basic_auth: { username: "u", password: "hunter2" } };
    });
    expect(changes[0]).toMatchObject({
      key: "http_config",
      after: { basic_auth: { username: "u", password: "<secret>" } },
    });
  });

  it("follows a receiver by its id through a new name", () => {
    const changes = diff((config) => Object.assign(config.receivers![0]!, { name: "z" }));
    expect(changes).toEqual([
      { kind: "renamed", noun: "receiver", label: "z", path: ["receivers", 0], before: "a", after: "z" },
    ]);
  });

  it("sees a route that moved below another one, and one that only changed its place", () => {
    const below = diff((config) => {
      const [first, second] = config.route!.routes!;
      config.route!.routes = [second!];
      second!.routes!.push(first!);
    });
    expect(below.map(({ kind, label }) => [kind, label])).toEqual([["moved", '{team="a"}']]);
    const swapped = diff((config) => config.route!.routes!.reverse());
    expect(swapped.map(({ kind, noun }) => [kind, noun])).toEqual([["moved", "route"]]);
  });

  it("tells nested fields by their path of keys", () => {
    const [change] = diff((config) => {
      (config.receivers![1]!.webhook_configs![0]!.http_config as { proxy_url: string }).proxy_url = "q";
    });
    expect(change).toMatchObject({
      kind: "changed",
      noun: "integration",
      key: "http_config.proxy_url",
      before: "p",
      after: "q",
      path: ["receivers", 1, "webhook_configs", 0, "http_config", "proxy_url"],
    });
  });

  it("counts things, not fields", () => {
    const changes = diff((config) => {
      Object.assign(config.receivers![0]!.slack_configs![0]!, { channel: "#b", title: "t" });
      config.receivers!.push({ id: "c", name: "c" });
      delete config.inhibit_rules;
      config.route!.group_wait = "1s";
    });
    expect(planLine(changes)).toEqual({ added: 1, changed: 2, removed: 1 });
  });

  it("tells template files by name", () => {
    const file = (name: string, content: string) => ({ name, content });
    const changes = diffConfig(
      { config: base, templates: [file("a.tmpl", "1"), file("b.tmpl", "2"), file("c.tmpl", "3")] },
      { config: base, templates: [file("a.tmpl", "0"), file("z.tmpl", "2")] },
    );
    expect(changes.map(({ kind, label }) => [kind, label])).toEqual([
      ["changed", "a.tmpl"],
      ["renamed", "z.tmpl"],
      ["removed", "c.tmpl"],
    ]);
  });
});
