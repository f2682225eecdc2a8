import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConfigDocument } from "../config/types";
import { profileFor } from "../profiles";
import { executeTemplate } from "./engine";
import { parseTemplates } from "./template-set";
import { definitionOf, receiversUsing, renameTemplate, templateSymbols } from "./workbench";
import { templatedTexts } from "./workbench-fields";

const profile = profileFor("alertmanager@0.34");

const document: ConfigDocument = {
  source: null,
  templates: [
    {
      name: "a.tmpl",
      content: '{{ define "a.title" }}{{ template `a.one` . }}{{ end }}\n{{ define "unused" }}{{ end }}',
    },
    {
      name: "b.tmpl",
      content: '{{- define `a.one` -}} [{{ .Status }}] {{- end -}}\n{{ define "slack.default.title" }}x{{ end }}',
    },
  ],
  config: {
    route: { id: "root", receiver: "r", labels: { page: '{{ template "a.one" . }}' } },
    receivers: [
      {
        id: "r",
        name: "r",
        slack_configs: [
          {
            id: "s",
            title: 'A {{ template "a.title" . }}',
            fields: [{ title: "t", value: '{{ template "a.one" $ }}' }],
          },
        ],
      },
      { id: "q", name: "q", slack_configs: [{ id: "t" }] },
      {
        id: "w",
        name: "w",
        webhook_configs: [
          {
            id: "v",
            url: "https://a.test",
            payload: { '{{ template "a.one" . }}': { deep: ['{{template "a.title" .}}'] } },
          },
        ],
      },
      { id: "n", name: "n", slack_configs: [{ id: "m", title: "plain", api_url: "secret://x" }] },
    ],
  },
};

describe("symbols", () => {
  const symbols = templateSymbols(document, profile);

  it("tell who defines and who calls, in files and fields, absent fields by their defaults", () => {
    expect(symbols.defines.map(({ name, file, wins, overrides }) => [name, file, wins, overrides])).toEqual([
      ["a.title", "a.tmpl", true, false],
      ["unused", "a.tmpl", true, false],
      ["a.one", "b.tmpl", true, false],
      ["slack.default.title", "b.tmpl", true, true],
    ]);
    const one = definitionOf(symbols, "a.one");
    expect(document.templates[1]?.content.slice(one?.from, one?.to)).toBe("`a.one`");
    expect(one?.calls.map(({ file, within, path, role }) => [file ?? path?.join("/"), within ?? role])).toEqual([
      ["a.tmpl", "a.title"],
      ["route/labels/page", "value"],
      ["receivers/0/slack_configs/0/fields/0/value", "value"],
      ['receivers/2/webhook_configs/0/payload/{{ template "a.one" . }}', "key"],
    ]);
    expect(definitionOf(symbols, "slack.default.title")?.calls).toMatchObject([
      { path: ["receivers", 1, "slack_configs", 0, "title"], role: "default" },
    ]);
    expect(definitionOf(symbols, "nobody")).toBeUndefined();
  });

  it("tell which receivers a file reaches", () => {
    expect(receiversUsing(symbols, "a.tmpl")).toEqual([0, 2]);
    expect(receiversUsing(symbols, "b.tmpl")).toEqual([0, 1, 2]);
  });

  it("tell the winner of a collision as Alertmanager reads the files", () => {
    const templates = [
      { name: "a.tmpl", content: '{{ define "t" }}one{{ end }}' },
      { name: "b.tmpl", content: '{{ define "t" }}two{{ end }}' },
      { name: "c.tmpl", content: '{{ define "t" }}{{/* blank */}} {{ end }}' },
    ];
    const { collisions } = templateSymbols({ templates }, profile);
    expect(collisions).toEqual([{ name: "t", winner: "b.tmpl", files: ["a.tmpl", "b.tmpl", "c.tmpl"] }]);
    const { set } = parseTemplates(templates, profile);
    expect(executeTemplate(set, { kind: "text", text: '{{ template "t" }}', data: {}, profile })).toMatchObject({
      output: "two",
    });
  });

  it("leave to a field what it defines itself", () => {
    const title = '{{ define "a.one" }}own{{ end }}{{ template "a.one" . }}';
    const config = { receivers: [{ id: "r", name: "r", slack_configs: [{ id: "s", title }] }] };
    const { calls } = templateSymbols({ templates: document.templates, config }, profile);
    expect(calls.filter(({ path, role }) => path && role === "value")).toEqual([]);
  });
});

describe("renaming", () => {
  it("writes anew the literals alone, each in its quotes", () => {
    const renamed = renameTemplate(document, "a.one", "b.two", profile);
    if (!renamed.ok) throw new Error(renamed.problem);
    const { document: after, changes } = renamed.rename;
    expect(changes).toHaveLength(5);
    expect(after.templates[0]?.content).toBe(document.templates[0]?.content.replace("`a.one`", "`b.two`"));
    expect(after.templates[1]?.content).toBe(document.templates[1]?.content.replace("`a.one`", "`b.two`"));
    expect(after.config.route?.labels).toEqual({ page: '{{ template "b.two" . }}' });
    expect(Object.keys(after.config.receivers?.[2]?.webhook_configs?.[0]?.payload ?? {})).toEqual([
      '{{ template "b.two" . }}',
    ]);
    expect(after.config.receivers?.[1]).toBe(document.config.receivers?.[1]);
  });

  it.each([
    ["a.one", " ", "empty"],
    ["a.one", "a.one", "same"],
    ["nobody", "x", "unknown"],
    ["slack.default.title", "x", "default"],
    ["a.tmpl", "x", "default"],
    ["a.one", "a.title", "taken"],
    ["a.one", "slack.default.text", "taken"],
    ["a.one", "b.tmpl", "taken"],
  ])("of %s to %s is refused: %s", (from, to, problem) => {
    expect(renameTemplate(document, from, to, profile)).toEqual({ ok: false, problem });
  });

  const name = fc.string({
    unit: fc.constantFrom("a", "b", ".", "é", '"', "`", "\\", " ", "\n", "{{", "}}"),
    minLength: 1,
    maxLength: 6,
  });
  const data = { status: "firing", receiver: "r", alerts: [{ labels: { alertname: "A" } }] };
  const outputs = ({ templates, config }: ConfigDocument) => {
    const { set } = parseTemplates(templates, profile);
    return templatedTexts(config).map(({ text }) => executeTemplate(set, { kind: "text", text, data, profile }));
  };

  it("and back is nothing, and changes no output in between", () => {
    const before = outputs(document);
    expect(before.every(({ ok }) => ok)).toBe(true);
    let renamed = 0;
    fc.assert(
      fc.property(name, fc.constantFrom("a.one", "a.title", "unused"), (to, from) => {
        const there = renameTemplate(document, from, to, profile);
        if (!there.ok) return;
        renamed++;
        expect(outputs(there.rename.document)).toEqual(before);
        const back = renameTemplate(there.rename.document, to, from, profile);
        if (!back.ok) throw new Error(back.problem);
        const { templates, config } = back.rename.document;
        expect(config).toEqual(plain(document.config));
        expect(templates.map(({ content }) => plain(content))).toEqual(
          document.templates.map(({ content }) => plain(content)),
        );
      }),
      { numRuns: 300 },
    );
    expect(renamed).toBeGreaterThan(200);
  });

  it("and back is nothing to the byte where the name needs no other quotes", () => {
    const there = renameTemplate(document, "a.one", "other", profile);
    if (!there.ok) throw new Error(there.problem);
    expect(renameTemplate(there.rename.document, "other", "a.one", profile)).toMatchObject({
      ok: true,
      rename: { document },
    });
  });
});

/** Backticks cannot hold every name: what came back may stand between double quotes. */
function plain<T>(value: T): T {
  return typeof value === "string" ? (value.replace(/`a\.(\w+)`/g, '"a.$1"') as T) : value;
}
