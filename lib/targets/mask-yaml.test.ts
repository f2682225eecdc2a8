import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { maskYaml } from "./mask-yaml";

const HIDDEN = [
  "https://hooks.slack.example/T0/hidden-1",
  "hidden-2",
  "4711471147",
  "hidden-in-comment",
  "hidden-unknown",
  "hidden-proxy",
];

it("shows no secret, wherever it stands", () => {
  const masked = maskYaml(`# hidden-in-comment
global:
  smtp_auth_password: 4711471147
  http_config: {proxy_url: "http://user:hidden-proxy@proxy.example:3128"}
route: {receiver: a, group_by: [alertname]}
receivers:
  - name: a
    slack_configs: [{api_url: "https://hooks.slack.example/T0/hidden-1", channel: "#x"}]
    webhook_configs: [{url: "https://hook.example/", http_config: {authorization: {credentials: hidden-2}}}]
    fax_configs: [{number: hidden-unknown, nested: {deep: [hidden-unknown]}}]
`);
  for (const hidden of HIDDEN) expect(masked).not.toContain(hidden);
  expect(masked).toContain("channel: '#x'");
  expect(masked).toContain("- alertname");
  expect(masked).toContain("user:<secret>@proxy.example");
});

it("hides nothing that is known to be no secret", () => {
  const file = path.join(import.meta.dirname, "../alertmanager/rendering/testdata/team-platform.yml");
  const masked = maskYaml(readFileSync(file, "utf8")) ?? "";
  const places = masked.split("\n").filter((line) => line.includes("<secret>"));
  const keys = new Set(places.map((line) => line.trim().replace(/^- /, "").split(":")[0]));
  expect([...keys].sort()).toMatchInlineSnapshot(`
    [
      "url",
    ]
  `);
});

it("shows nothing of a text that is no configuration", () => {
  expect(maskYaml("a: [")).toBeNull();
});

it("lets the caller say what stands in place of a secret", () => {
  const text = "route: {receiver: a}\nreceivers: [{name: a, slack_configs: [{api_url: 'https://x.example/1'}]}]\n";
  expect(maskYaml(text, (value, field) => `${field.key} ${value.length}`)).toContain("api_url: api_url 19");
});
