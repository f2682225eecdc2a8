import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TemplateFile } from "../config/types";
import { fromBytes, toBytes } from "../go/bytes";
import { profileFor } from "../profiles";
import { type LanguageContext, templateCompletions, templateHover } from "./language";
import { templateDiagnostics } from "./language-diagnostics";
import { writtenNames } from "./language-names";
import { scanActions } from "./language-tokens";
import { Lexer } from "./lexer";
import { templateNames } from "./template-names";

const newest = profileFor("alertmanager@0.34");
const oldest = profileFor("alertmanager@0.25");
const field: LanguageContext = { sources: { templates: [] }, profile: newest };

/** `¦` is the cursor. */
function completed(text: string, context: LanguageContext = field) {
  const offset = text.indexOf("¦");
  const found = templateCompletions(text.replace("¦", ""), offset, context);
  return found?.items.map(({ name }) => name) ?? null;
}

function hovered(text: string, context: LanguageContext = field) {
  const offset = text.indexOf("¦");
  return templateHover(text.replace("¦", ""), offset, context)?.thing ?? null;
}

describe("completion", () => {
  it("offers the fields of what the dot is", () => {
    expect(completed("{{ .¦ }}")).toContain("CommonLabels");
    expect(completed("{{ .¦ }}")).not.toContain("StartsAt");
    expect(completed("{{ range .Alerts }}{{ .¦ }}{{ end }}")).toEqual(
      expect.arrayContaining(["Status", "Labels", "Annotations", "StartsAt", "EndsAt", "GeneratorURL", "Fingerprint"]),
    );
    expect(completed("{{ range .Alerts.Firing }}{{ .¦ }}{{ end }}")).toContain("Fingerprint");
    expect(completed("{{ range .Alerts }}{{ else }}{{ .¦ }}{{ end }}")).toContain("CommonLabels");
    expect(completed("{{ range .Alerts }}{{ end }}{{ .¦ }}")).toContain("CommonLabels");
    expect(completed("{{ range .Alerts }}{{ $.¦ }}{{ end }}")).toContain("ExternalURL");
    expect(completed("{{ with .CommonLabels.SortedPairs }}{{ range . }}{{ .¦ }}")).toEqual(["Name", "Value"]);
  });

  it("follows paths, variables, parentheses and functions", () => {
    expect(completed("{{ .Alerts.¦ }}")).toEqual(["Firing", "Resolved"]);
    expect(completed("{{ .CommonLabels.¦ }}")).toEqual(
      expect.arrayContaining(["SortedPairs", "Names", "Values", "Remove", "alertname", "severity"]),
    );
    expect(completed("{{ range $i, $a := .Alerts }}{{ $a.Labels.¦ }}{{ end }}")).toContain("SortedPairs");
    expect(completed("{{ (index .Alerts 0).¦ }}")).toContain("StartsAt");
    expect(completed("{{ (index .Alerts 0).StartsAt.¦ }}")).toEqual(expect.arrayContaining(["Format", "Unix"]));
    expect(completed("{{ (.Alerts | len).¦ }}")).toEqual([]);
    expect(completed('{{ $x := "" }}{{ ¦ }}')).toEqual(expect.arrayContaining(["$x", "$", "toUpper", "range"]));
    expect(completed("{{ with $x := .Receiver }}{{ $¦ }}{{ end }}")).toEqual(["$", "$x"]);
    expect(completed("{{ with $x := .Receiver }}{{ end }}{{ $¦ }}")).toEqual(["$"]);
    expect(completed("{{ .CommonLabels.¦ }}", { ...field, labels: ["shard", "not-a-field"] })).toContain("shard");
    expect(completed("{{ .CommonLabels.¦ }}", { ...field, labels: ["not-a-field"] })).not.toContain("not-a-field");
  });

  it("knows what the version has", () => {
    expect(completed("{{ .¦ }}", { ...field, profile: oldest })).not.toContain("RouteLabels");
    expect(completed("{{ to¦ }}")).toEqual(expect.arrayContaining(["toJson", "toDate"]));
    expect(completed("{{ to¦ }}", { ...field, profile: oldest })).not.toContain("toJson");
    expect(completed("{{ .CommonLabels.Names.¦ }}")).toEqual(["Join"]);
    expect(completed("{{ .CommonLabels.Names.¦ }}", { ...field, profile: oldest })).toEqual([]);
  });

  it("offers names behind template, and the rest of what stands between quotes is replaced", () => {
    const sources = { templates: [{ name: "a.tmpl", content: '{{ define "my.title" }}{{ end }}' }] };
    const text = '{{ template "my¦.old" . }}';
    expect(completed(text, { sources, profile: newest })).toEqual(
      expect.arrayContaining(["my.title", "slack.default.title", "email.default.html"]),
    );
    const found = templateCompletions('{{ template "my.old" . }}', 15, { sources, profile: newest });
    expect(found).toMatchObject({ from: 13, to: 19 });
    expect(templateCompletions("{{ template ", 12, { sources, profile: newest })?.items[0]).toMatchObject({
      insert: '"my.title"',
    });
    expect(templateCompletions('{{ template "m', 14, { sources, profile: newest })?.items[0]).toMatchObject({
      insert: 'my.title"',
    });
  });

  it("has nothing outside of actions, in comments and in other texts", () => {
    expect(completed("ab¦c {{ . }}")).toBeNull();
    expect(completed("{{/* .¦ */}}")).toBeNull();
    expect(completed('{{ print "a ¦" }}')).toBeNull();
  });

  it("takes a definition's dot from those who call it, here and in fields", () => {
    const list = '{{ define "list" }}{{ range . }}{{ template "one" . }}{{ end }}{{ end }}';
    const files = [
      { name: "a.tmpl", content: list },
      { name: "b.tmpl", content: '{{ define "one" }}{{ .Labels }}{{ end }}' },
    ];
    const config = {
      receivers: [{ id: "r", name: "r", slack_configs: [{ id: "s", title: '{{ template "list" .Alerts.Firing }}' }] }],
    };
    const context: LanguageContext = { sources: { templates: files, config }, profile: newest, file: "b.tmpl" };
    expect(completed('{{ define "one" }}{{ .¦ }}{{ end }}', context)).toContain("StartsAt");
    expect(completed('{{ define "one" }}{{ .¦ }}{{ end }}', context)).not.toContain("CommonLabels");
    expect(completed('{{ define "nobody" }}{{ .¦ }}{{ end }}', context)).toEqual(
      expect.arrayContaining(["CommonLabels", "StartsAt"]),
    );
    expect(templateDiagnostics(context.sources, newest)).toEqual([]);
  });
});

describe("hover", () => {
  it("tells types, signatures and versions", () => {
    expect(hovered("{{ .Com¦monLabels.x }}")).toEqual({
      ...{ kind: "field", owner: "Data", name: "CommonLabels", signature: "KV" },
    });
    expect(hovered("{{ .Route¦Labels }}")).toMatchObject({ since: "0.34" });
    expect(hovered("{{ .Alerts.Fir¦ing }}")).toMatchObject({
      kind: "method",
      owner: "Alerts",
      signature: "() []Alert",
    });
    expect(hovered("{{ .CommonLabels.sever¦ity }}")).toMatchObject({ kind: "entry", owner: "KV", signature: "string" });
    expect(hovered('{{ joi¦n "," .x }}')).toMatchObject({ kind: "function", signature: "(string, []string) string" });
    expect(hovered("{{ trim¦Space .Status }}")).toMatchObject({ since: "0.26" });
    expect(hovered("{{ range $i, $a := .Alerts }}{{ $¦a }}{{ end }}")).toMatchObject({ signature: "Alert" });
    expect(hovered("{{ ran¦ge .Alerts }}{{ end }}")).toMatchObject({ kind: "keyword", name: "range" });
    expect(hovered('{{ template "a¦b" . }}')).toMatchObject({ kind: "template", name: "ab" });
    expect(hovered("{{ .No¦pe }}")).toBeNull();
    expect(hovered("te¦xt")).toBeNull();
  });
});

describe("diagnostics", () => {
  const findings = (content: string, profile = newest, more: { name: string; content: string }[] = []) =>
    templateDiagnostics({ templates: [{ name: "a.tmpl", content }, ...more] }, profile)
      .filter(({ code }) => code !== "define_unused")
      .map(({ code, file, from, to, suggestion, severity }) => {
        const text = [{ name: "a.tmpl", content }, ...more].find(({ name }) => name === file)?.content ?? "";
        return [code, severity, text.slice(from, to), ...(suggestion ? [suggestion] : [])];
      });

  it("stand at their tokens, of all files", () => {
    expect(findings('{{ define "a" }}{{ .CommonLabel.x }}{{ end }}{{ template "a" $ }}')).toEqual([
      ["field_unknown", "warning", ".CommonLabel", ".CommonLabels"],
    ]);
    expect(findings("{{ toUper .Status }}")).toEqual([["function_unknown", "error", "toUper", "toUpper"]]);
    expect(findings("{{ toJson . }}", oldest)).toEqual([["function_later", "error", "toJson"]]);
    expect(findings("{{ .NotificationReason }}", oldest)).toEqual([["field_later", "warning", ".NotificationReason"]]);
    expect(findings('{{ template "slack.default.titel" . }}')).toEqual([
      ["template_undefined", "error", '"slack.default.titel"', '"slack.default.title"'],
    ]);
    const both = findings("{{ if }}{{ end }}", newest, [{ name: "b.tmpl", content: "{{ range .Alerts }}" }]);
    expect(both.map(([code]) => code)).toEqual(["syntax", "syntax"]);
    expect(findings("{{ nope . }}{{ if }}").map(([code]) => code)).toEqual(["function_unknown", "syntax"]);
    expect(findings("{{ range .Alerts }}{{ .Label.x }}{{ end }}")).toEqual([
      ["field_unknown", "error", ".Label", ".Labels"],
    ]);
  });

  it("judges fields of what is certain as errors", () => {
    const config = {
      receivers: [{ id: "r", name: "r", slack_configs: [{ id: "s", title: '{{ template "a" . }}' }] }],
    };
    const content = '{{ define "a" }}{{ range .Alerts }}{{ .Label.x }}{{ .Labels.x }}{{ end }}{{ end }}';
    const found = templateDiagnostics({ templates: [{ name: "a.tmpl", content }], config }, newest);
    expect(found).toMatchObject([{ code: "field_unknown", severity: "error", suggestion: ".Labels" }]);
    expect(content.slice(found[0]!.from, found[0]!.to)).toBe(".Label");
  });

  it("tells of definitions that come in each other's place", () => {
    const other = { name: "b.tmpl", content: '{{ define "a" }}two{{ end }}' };
    expect(findings('{{ define "a" }}one{{ end }}', newest, [other])).toEqual([["define_replaced", "warning", '"a"']]);
    const blank = { name: "b.tmpl", content: '{{ define "a" }} {{ end }}' };
    const templates = [{ name: "a.tmpl", content: '{{ define "a" }}one{{ end }}' }, blank];
    expect(templateDiagnostics({ templates }, newest)).toMatchObject([
      { code: "define_unused", file: "a.tmpl" },
      { code: "define_replaced", file: "b.tmpl", params: { winner: "a.tmpl" } },
    ]);
    expect(findings('{{ define "slack.default.title" }}x{{ end }}')).toEqual([
      ["define_overrides", "info", '"slack.default.title"'],
    ]);
  });

  it("does not call missing what another file may bring", () => {
    const templates = [{ name: "a.tmpl", content: '{{ template "elsewhere" . }}' }];
    expect(
      templateDiagnostics({ templates, config: { templates: ["/etc/alertmanager/*.txt"] } }, newest),
    ).toMatchObject([{ code: "template_unknown", severity: "info" }]);
    expect(
      templateDiagnostics({ templates, config: { templates: ["/etc/alertmanager/*.tmpl"] } }, newest),
    ).toMatchObject([{ code: "template_undefined", severity: "error" }]);
  });
});

describe("texts of all kinds", () => {
  interface Case {
    text: string;
    templates: TemplateFile[];
    expect: Record<string, { ok: boolean }>;
  }
  const cases = readFileSync(new URL("./testdata/templates.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line): Case => JSON.parse(line));
  const texts = cases.flatMap(({ text, templates }) => [text, ...templates.map(({ content }) => content)]);

  it("are not called wrong where the real program renders them", () => {
    const rendered = cases.filter((given) => given.expect["0.34"]?.ok);
    expect(rendered.length).toBeGreaterThan(100);
    const wrong = rendered.flatMap(({ text, templates }) => {
      const slack_configs = [{ id: "s", title: text }];
      const config = { receivers: [{ id: "r", name: "r", slack_configs }] };
      const inText = templateDiagnostics(
        { templates: [{ name: "field", content: text }, ...templates], config },
        newest,
      );
      return inText.filter(({ severity }) => severity === "error").map(({ code, params }) => [code, params.name, text]);
    });
    expect(wrong).toEqual([]);
  });

  it("are read as the parser reads them", () => {
    expect(texts.length).toBeGreaterThan(100);
    let parsed = 0;
    for (const text of texts) {
      const { defined, called, error } = templateNames("own", text, newest);
      if (error !== undefined) continue;
      parsed++;
      const written = writtenNames(text);
      expect(new Set(written.filter(({ calls }) => calls).map(({ name }) => name))).toEqual(new Set(called));
      const defines = written.filter((one) => one.defines).map(({ name }) => name);
      expect(new Set([...defines, "own"])).toEqual(new Set(defined));
      const tokens = scanActions(text).flatMap((action) => action.tokens.map((token) => token.text));
      expect(tokens.join(" ")).toBe(lexed(text).join(" "));
    }
    expect(parsed).toBeGreaterThan(100);
  });

  const pieces = [
    "{{",
    "}}",
    "{{-",
    "-}}",
    " ",
    "\n",
    ".",
    "$",
    "$x",
    ":=",
    "=",
    "|",
    "(",
    ")",
    '"',
    "`",
    "'",
    ",",
    "é",
  ];
  const words = [
    "range",
    "with",
    "if",
    "else",
    "end",
    "define",
    "template",
    "block",
    ".Alerts",
    ".Labels",
    "index",
    "len",
  ];
  const random = fc.array(fc.constantFrom(...pieces, ...words, "{{/*", "*/", "1", "nil"), { maxLength: 40 });

  it("never stop completion, explanation or findings, wherever the cursor is", () => {
    fc.assert(
      fc.property(random, (parts) => {
        const text = parts.join("");
        const sources = { templates: [{ name: "a.tmpl", content: text }] };
        for (const profile of [newest, oldest]) {
          const context: LanguageContext = { sources, profile, file: "a.tmpl" };
          for (let offset = 0; offset <= text.length; offset++) {
            const found = templateCompletions(text, offset, context);
            if (found) expect(found.from <= offset && offset <= found.to).toBe(true);
            const hover = templateHover(text, offset, context);
            if (hover) expect(hover.from <= offset && offset < hover.to).toBe(true);
          }
          for (const { from, to } of templateDiagnostics(sources, profile)) {
            expect(0 <= from && from <= to && to <= text.length).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

function lexed(text: string): string[] {
  const lexer = new Lexer(toBytes(text));
  const tokens: string[] = [];
  for (let token = lexer.next(); token.kind !== "eof" && token.kind !== "error"; token = lexer.next()) {
    if (!["text", "open", "close", "space"].includes(token.kind)) tokens.push(fromBytes(token.text));
  }
  return tokens;
}
