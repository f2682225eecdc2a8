import { describe, expect, it } from "vitest";
import type { ConfigDocument } from "@/lib/alertmanager";
import { setAt } from "../fields/set-at";
import { DocumentWorker } from "./document-worker";
import { lookAt, lookAtDefinitions, previewOf } from "./notification-samples";
import { WorkerClient } from "./worker-client";
import type { WorkerRequest } from "./worker-protocol";

const document: ConfigDocument = {
  config: {
    route: { id: "r", receiver: "default" },
    receivers: [{ id: "a", name: "default", webhook_configs: [{ id: "w", url: "http://a.example/" }] }],
  },
  templates: [],
  source:
    "# ours\nroute:\n  receiver: default\nreceivers:\n  - name: default\n    webhook_configs:\n      - url: http://a.example/\n",
};
const edited = (text: string): ConfigDocument => ({
  ...document,
  config: setAt(document.config, ["route", "receiver"], text),
});

/** A worker on this thread that gets and gives clones, as a real one does. */
class LocalWorker extends EventTarget {
  readonly requests: WorkerRequest[] = [];
  readonly #worker = new DocumentWorker(lookAt, lookAtDefinitions, previewOf);
  terminated = false;

  postMessage(message: WorkerRequest) {
    const request = structuredClone(message);
    this.requests.push(request);
    const data = structuredClone(this.#worker.answer(request));
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
  }
  terminate() {
    this.terminated = true;
  }
}

function connect() {
  const workers: LocalWorker[] = [];
  const client = new WorkerClient(() => {
    const worker = new LocalWorker();
    workers.push(worker);
    return worker as EventTarget as Worker;
  });
  return { client, workers };
}

describe("the worker's copy of the document", () => {
  it("follows by what changed, and finds what a typo breaks at its place", async () => {
    const { client, workers } = connect();
    const secrets = {};
    expect((await client.analyse(document, secrets, [])).diagnostics).toEqual([]);
    const next = await client.analyse(edited("defalt"), secrets, []);
    expect(workers[0]?.requests[1]).toMatchObject({
      update: { patches: [{ path: ["config", "route", "receiver"], value: "defalt" }] },
      secrets: null,
    });
    const [finding] = next.diagnostics;
    expect(finding?.path).toEqual(["route", "receiver"]);
    const yaml = next.yaml.read();
    expect(yaml.slice(next.places[0], next.places[1])).toContain("defalt");
    expect(yaml).toContain("# ours");
  });

  it("holds the document against what is expected, and sends that once", async () => {
    const { client, workers } = connect();
    const secrets = {};
    client.expect([{ id: "e", expectation: { name: "n", labels: { a: "b" }, receivers: ["pager"] } }]);
    const { diagnostics } = await client.examine(document, secrets, []);
    expect(diagnostics).toMatchObject([{ code: "expectation_fails", path: ["expectations", "e"] }]);
    const [first, ...others] = workers[0]?.requests ?? [];
    expect(first).toMatchObject({ expected: [{ id: "e" }] });
    expect(others.length).toBeGreaterThan(0);
    for (const request of others) expect(request).toMatchObject({ expected: null });
    client.expect([]);
    expect((await client.examine(document, secrets, [])).diagnostics).toEqual([]);
  });

  it("sends findings and text again only when they changed", async () => {
    const { client } = connect();
    const secrets = {};
    const broken = await client.analyse(edited("defalt"), secrets, []);
    const longer = { ...edited("defalt"), templates: [{ name: "a.tmpl", content: "x" }] };
    const again = await client.analyse(longer, secrets, []);
    expect(again.diagnostics).toBe(broken.diagnostics);
    expect(again.yaml).toBe(broken.yaml);
  });

  it("knows where a field is written, or what is around it", async () => {
    const { client } = connect();
    expect(await client.locate(["route"])).toBeNull();
    const { yaml, located } = await client.analyse(document, {}, []);
    expect(located).toEqual({ path: ["route"], place: expect.anything() });
    const place = await client.locate(["receivers", 0, "webhook_configs", 0, "max_alerts"]);
    expect(place && yaml.read().slice(place.from, place.to)).toContain("http://a.example/");
  });

  it("answers with each text where the field stands that was asked for last", async () => {
    const { client } = connect();
    const path = ["receivers", 0, "name"];
    const before = await client.analyse(document, {}, []);
    const place = await client.locate(path);
    const after = await client.analyse(edited("a-longer-name"), {}, []);
    expect(after.located?.path).toBe(path);
    expect(after.located?.place?.from).toBe((place?.from ?? 0) + "a-longer-name".length - "default".length);
    expect(after.yaml.editsSince(before.yaml)).toHaveLength(1);
    expect(after.yaml.read()).toBe(before.yaml.read().replace("receiver: default", "receiver: a-longer-name"));
  });

  it("reads text into the document that it was sent with, keeping what says the same", async () => {
    const { client } = connect();
    const text = `${document.source}# more\n`.replace("receiver: default", "receiver: other");
    const { config } = await client.parse(text, document, null);
    expect(config?.route).toEqual({ id: "r", receiver: "other" });
    expect(config?.receivers).toBe(document.config.receivers);
    expect((await client.parse("a: [", document, null)).config).toBeNull();
  });

  it("starts again with the whole document after a crash", async () => {
    const { client, workers } = connect();
    await client.analyse(document, {}, []);
    workers[0]?.dispatchEvent(new Event("error", { cancelable: true }));
    expect(workers[0]?.terminated).toBe(true);
    const after = await client.analyse(edited("defalt"), {}, []);
    expect(workers[1]?.requests[0]).toMatchObject({ update: { whole: { config: { route: { receiver: "defalt" } } } } });
    expect(after.diagnostics[0]?.path).toEqual(["route", "receiver"]);
  });

  it("finds what fails when it is sent only after everything else, and keeps saying so while it is looked at again", async () => {
    const { client } = connect();
    const secrets = {};
    const hook = "https://hooks.slack.example/services/x";
    const slack = (title: string, color = "good"): ConfigDocument => ({
      ...document,
      config: setAt(
        document.config,
        ["receivers", 0, "slack_configs"],
        [{ id: "s", api_url: hook, channel: "#a", title, color }],
      ),
    });
    const broken = slack("{{ .CommonLabel.severity }}");
    const quick = await client.analyse(broken, secrets, []);
    expect(quick).toMatchObject({ more: true, diagnostics: [] });
    const found = await client.examine(broken, secrets, []);
    expect(found.more).toBe(false);
    expect(found.diagnostics[0]).toMatchObject({
      severity: "error",
      path: ["receivers", 0, "slack_configs", 0, "title"],
    });
    expect(found.diagnostics[0]?.upstream).toContain("can't evaluate field CommonLabel");
    const yaml = found.yaml.read();
    expect(yaml.slice(found.places[0], found.places[1])).toContain("CommonLabel");
    const typed = { ...broken, config: setAt(broken.config, ["receivers", 0, "slack_configs", 0, "color"], "bad") };
    const meanwhile = await client.analyse(typed, secrets, []);
    expect(meanwhile.more).toBe(true);
    expect(meanwhile.diagnostics).toBe(found.diagnostics);
    const good = await client.examine(slack("fine"), secrets, []);
    expect(good.diagnostics).toEqual([]);
  });
});

it("finds definitions that nobody calls and that fail, until they are mended or gone", async () => {
  const { client } = connect();
  const withFile = (content: string) => ({ ...document, templates: [{ name: "a.tmpl", content }] });
  const lone = '{{ define "lone" }}{{ .Nothing.Of.This }}{{ end }}';
  const { diagnostics } = await client.examine(withFile(lone), {}, []);
  expect(diagnostics.filter(({ code }) => code === "template_fails")).toMatchObject([
    { path: ["templates", "a.tmpl"] },
  ]);
  const mended = await client.examine(withFile(lone.replace(".Nothing.Of.This", ".Status")), {}, []);
  expect(mended.diagnostics.map(({ code }) => code)).not.toContain("template_fails");
  await client.examine(withFile(lone), {}, []);
  const without = await client.examine(document, {}, []);
  expect(without.diagnostics.map(({ code }) => code)).not.toContain("template_fails");
});

describe("previews", () => {
  const question = { receiver: "a", profile: "alertmanager@0.34", sample: null, now: "2026-03-02T08:12:00Z" };
  const two: ConfigDocument = {
    ...document,
    config: setAt(
      document.config,
      ["receivers", 0, "webhook_configs"],
      [
        { id: "w", url: "http://a.example/" },
        { id: "v", url: "http://b.example/" },
      ],
    ),
  };

  it("show each case of each integration, and who reaches the receiver", async () => {
    const { client } = connect();
    const previewed = await client.preview(two, {}, question, null);
    expect(previewed?.integrations.map(({ key, index }) => [key, index])).toEqual([
      ["webhook_configs", 0],
      ["webhook_configs", 1],
    ]);
    const [first] = previewed?.integrations ?? [];
    expect(first?.cases.map(({ case: id, outcome }) => [id, outcome])).toContainEqual(["one", "sent"]);
    expect(previewed?.reach).toMatchObject({ count: 1, timing: { group_wait: 30_000 } });
  });

  it("come again only where they differ: all else is the same object", async () => {
    const { client, workers } = connect();
    const before = await client.preview(two, {}, question, null);
    const moved = {
      ...two,
      config: setAt(two.config, ["receivers", 0, "webhook_configs", 1, "url"], "http://c.example/"),
    };
    const after = await client.preview(moved, {}, question, before);
    expect(after?.integrations[0]).toBe(before?.integrations[0]);
    expect(after?.reach).toBe(before?.reach);
    expect(JSON.stringify(after?.integrations[1])).not.toBe(JSON.stringify(before?.integrations[1]));
    expect(workers[0]?.requests.at(-1)).toMatchObject({ kind: "preview", known: before?.number });
    const forgotten = await client.preview(moved, {}, question, null);
    expect(forgotten?.integrations[0]).toEqual(before?.integrations[0]);
  });

  it("are made of the alert that takes the sample's place, and of nothing for a receiver that is gone", async () => {
    const { client } = connect();
    const sample = { labels: { alertname: "Mine", zone: "moon" } };
    const previewed = await client.preview(two, {}, { ...question, sample }, null);
    expect(JSON.stringify(previewed?.integrations)).toContain("moon");
    expect(await client.preview(two, {}, { ...question, receiver: "gone" }, previewed)).toBeNull();
  });

  it("never take a secret along", async () => {
    const { client } = connect();
    const ref = "secret://00000000-0000-4000-8000-000000000000/1";
    const secret = { ...two, config: setAt(two.config, ["receivers", 0, "webhook_configs", 0, "url"], ref) };
    const facts = { [ref]: { kind: "secretUrl", valid: true, scheme: "https", host: "hook.example" } } as const;
    const previewed = await client.preview(secret, facts as never, question, null);
    const text = JSON.stringify(previewed);
    expect(text).toContain("hook.example");
    expect(text).not.toContain("secret://");
  });

  it("are rendered with what the target's version brings along, sent once", async () => {
    const { client, workers } = connect();
    const hook = "https://hooks.slack.example/services/x";
    const slack = {
      ...document,
      config: setAt(document.config, ["receivers", 0, "slack_configs"], [{ id: "s", api_url: hook, channel: "#a" }]),
    };
    const files = (text: string) => [
      { name: "default.tmpl", content: `{{ define "slack.default.title" }}${text}{{ end }}` },
    ];
    const theirs = { [question.profile]: files("theirs") };
    client.provide(theirs);
    const before = await client.preview(slack, {}, question, null);
    expect(JSON.stringify(before)).toContain("theirs");
    client.provide({ ...theirs });
    await client.preview(slack, {}, question, before);
    expect(workers[0]?.requests.map((request) => "defaults" in request && request.defaults !== null)).toEqual([
      true,
      false,
    ]);
    client.provide({ [question.profile]: files("others") });
    expect(JSON.stringify(await client.preview(slack, {}, question, before))).toContain("others");
  });
});
