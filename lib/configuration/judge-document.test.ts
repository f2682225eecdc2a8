import { expect, it } from "vitest";
import { type Config, PROFILE_IDS, parseConfig, profileFor, type Receiver } from "@/lib/alertmanager";
import { DEMO_TEMPLATES, DEMO_YAML } from "./demo";
import { judgeDocument } from "./judge-document";

const NEW = profileFor("alertmanager@0.34");
const OLD = profileFor("alertmanager@0.31");

function receiver(name: string, title: string): Receiver {
  return { id: name, name, slack_configs: [{ id: `${name}-s`, api_url: "https://s.example/x", channel: "a", title }] };
}

function config(...receivers: Receiver[]): Config {
  const routes = receivers.map(({ name }) => ({ id: name, receiver: name, matchers: [`team="${name}"`] }));
  return { route: { id: "root", receiver: receivers[0]!.name, routes }, receivers };
}

const judged = async (document: Config, profile = NEW) =>
  (await judgeDocument({ config: document, templates: [] }, {}, profile))
    .filter(({ severity }) => severity === "error")
    .map(({ code, path }) => `${code} ${path.join(".")}`);

it("finds what notifications come to, for each target as it does", async () => {
  const one = config(receiver("a", "{{ .Nope }}"));
  expect(await judged(one)).toEqual(["template_ignored receivers.0.slack_configs.0.title"]);
  expect(await judged(one, OLD)).toEqual(["notification_template_fails receivers.0.slack_configs.0.title"]);
});

it("knows the same receiver in another place, and tells it from a changed one", async () => {
  const bad = receiver("moved", "{{ .Moved }}");
  expect(await judged(config(bad))).toEqual(["template_ignored receivers.0.slack_configs.0.title"]);
  expect(await judged(config(receiver("other", "x"), structuredClone(bad)))).toEqual([
    "template_ignored receivers.1.slack_configs.0.title",
  ]);
  expect(await judged(config(receiver("moved", "{{ .Status }}")))).toEqual([]);
});

it("judges by the templates that the target brings along, and again when others are uploaded", async () => {
  const document = { config: config(receiver("a", '{{ template "slack.default.title" . }}')), templates: [] };
  const codes = async (title?: string) => {
    const content = `{{ define "slack.default.title" }}${title}{{ end }}`;
    const defaults = title === undefined ? undefined : [{ name: "default.tmpl", content }];
    const found = await judgeDocument(document, {}, NEW, { defaults });
    return found.filter(({ severity }) => severity === "error").map(({ code }) => code);
  };
  expect(await codes()).toEqual([]);
  expect(await codes("{{ .Nope }}")).toContain("template_ignored");
  expect(await codes("fine")).not.toContain("template_ignored");
  expect(await codes()).toEqual([]);
});

it("leaves alone what the target would not load", async () => {
  const broken = receiver("broken", "{{ .Nope }}");
  const slack = { ...broken.slack_configs![0]!, api_url: "nowhere" };
  expect(await judged(config({ ...broken, slack_configs: [slack] }))).toEqual([
    "invalid_url receivers.0.slack_configs.0.api_url",
  ]);
});

it("goes on where a budget ended", async () => {
  const many = Array.from({ length: 12 }, (_, index) => receiver(`r${index}`, `{{ .Nope${index} }}`));
  const document = { config: config(...many), templates: [] };
  const count = async () => (await judgeDocument(document, {}, NEW, { budget: 1 })).length;
  const first = await count();
  let last = first;
  for (let call = 0; call < 50 && last < 12; call++) last = await count();
  expect(first).toBeLessThan(12);
  expect(last).toBe(12);
});

it.each([...PROFILE_IDS, "mimir@3.2", "cortex@1.21"])(
  "has nothing against the demo's notifications, as %s",
  async (id) => {
    const profile = profileFor(id);
    const { config } = parseConfig(DEMO_YAML, { profile, newId: () => "n" });
    const found = await judgeDocument({ config: config!, templates: DEMO_TEMPLATES }, {}, profile);
    expect(found.filter(({ severity, stage }) => severity !== "info" && stage === "notify")).toEqual([]);
  },
);
