import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { defaultTemplates } from "./defaults";
import { executeTemplate, type TemplateRequest } from "./engine";
import { checkTemplateFiles, checkTemplateText, parseTemplates } from "./template-set";

const profile = profileFor("alertmanager@0.34");
const { set } = parseTemplates([], profile);
const data = {
  status: "firing",
  routeLabels: { a: "{{ .Status }}", b: '{{ routeLabels "c" }}', c: '{{ routeLabels "b" }}' },
};
const run = (text: string, more: Partial<TemplateRequest> = {}) =>
  executeTemplate(set, { kind: "text", text, data, profile, ...more });

it("js leaves a byte that is no UTF-8 as it is, as amtool shows it", () => {
  expect(run('{{ slice "é" 0 1 | js | printf "%q" }}')).toEqual({ ok: true, output: '"\\xc3"' });
});

describe("inside notifications", () => {
  it("data are a pointer in messages, and a struct when printed", () => {
    const error = 'template: :1:3: executing "" at <.Foo>: can\'t evaluate field Foo in type *template.Data';
    expect(run("{{ .Foo }}", { pointerData: true })).toMatchObject({ ok: false, error });
    const shown = run('{{ . }} {{ printf "%T" . }}', { pointerData: true, data: { receiver: "r" } });
    expect(shown).toEqual({ ok: true, output: "{r  []       true} *template.Data" });
  });

  it("route labels are rendered already", () => {
    expect(run('{{ routeLabels "a" }}', { pointerData: true })).toEqual({ ok: true, output: "{{ .Status }}" });
  });
});

describe("route labels", () => {
  it("are rendered, and nothing for a name that does not exist", () => {
    expect(run('{{ routeLabels "a" }}|{{ routeLabels "z" }}')).toEqual({ ok: true, output: "firing|" });
  });

  it("that go in a circle are refused", () => {
    const result = run('{{ routeLabels "b" }}');
    expect(!result.ok && result.error).toContain("route label cycle detected: b -> c -> b");
  });
});

it("now and since take the present that is passed in", () => {
  const text = '{{ date "15:04" now }} {{ since (index .Alerts 0).StartsAt }}';
  const alerts = [{ startsAt: "2026-01-01T10:00:00Z" }];
  expect(run(text, { now: "2026-01-01T12:30:00Z", data: { alerts } })).toEqual({ ok: true, output: "12:30 2h30m0s" });
});

describe("the place of an error in the text", () => {
  const place = (text: string) => {
    const result = run(text);
    if (result.ok || !result.range) return null;
    const { start, end } = result.range;
    return [start.line, start.column, text.slice(start.offset, end.offset)];
  };

  it.each([
    ["é\n🙂 {{ .Nope }}", [2, 7, ".Nope"]],
    ["{{ .Status.Foo }}", [1, 4, ".Status.Foo"]],
    ["{{ index .Alerts 9 }}", [1, 4, "index .Alerts 9"]],
    ["{{ nope 1 }}", [1, 4, "nope"]],
    ["{{ if true }}", [1, 13, "}"]],
    ['{{ template "x" . }}', [1, 13, '"x"']],
  ])("%j", (text, expected) => expect(place(text)).toEqual(expected));

  it("is not told for a template file", () => {
    const files = [{ name: "a.tmpl", content: '{{ define "a" }}{{ .Nope }}{{ end }}' }];
    const { set: other } = parseTemplates(files, profile);
    expect(executeTemplate(other, { kind: "text", text: '{{ template "a" . }}', data, profile })).toEqual({
      ok: false,
      error: 'template: a.tmpl:1:19: executing "a" at <.Nope>: can\'t evaluate field Nope in type template.Data',
    });
  });
});

describe("an address in the content of a meta element", () => {
  const text = `{{ if .Status }}<meta http-equiv="refresh" content="0; URL = {{ .ExternalURL }}">{{ end }}x`;
  const address = { status: "firing", externalURL: "javascript:x" };

  it("is refused when it could be a script, since Go 1.26", () => {
    const output = '<meta http-equiv="refresh" content="0; URL = #ZgotmplZ">x';
    expect(run(text, { kind: "html", data: address })).toEqual({ ok: true, output });
  });

  it("was not before", () => {
    const old = profileFor("alertmanager@0.28");
    const result = executeTemplate(set, { kind: "html", text, data: address, profile: old });
    expect(result).toMatchObject({ output: '<meta http-equiv="refresh" content="0; URL = javascript:x">x' });
  });
});

describe("template files", () => {
  it("are checked in order, the first that does not parse is told", () => {
    const files = [
      { name: "a.tmpl", content: '{{ define "a" }}{{ end }}' },
      { name: "b.tmpl", content: "one\n{{ nosuch }}" },
      { name: "c.tmpl", content: "{{" },
    ];
    expect(checkTemplateFiles(files, profile)).toEqual({
      name: "b.tmpl",
      error: 'template: b.tmpl:2: function "nosuch" not defined',
      line: 2,
      range: { start: { line: 2, column: 4, offset: 7 }, end: { line: 2, column: 10, offset: 13 } },
    });
    expect(checkTemplateFiles(files.slice(0, 1), profile)).toBeNull();
    expect(parseTemplates(files, profile).diagnostics.map(({ name }) => name)).toEqual(["b.tmpl", "c.tmpl"]);
  });

  it("know the functions of the profile's version", () => {
    const files = [{ name: "a.tmpl", content: "{{ now }}" }];
    expect(checkTemplateFiles(files, profile)).toBeNull();
    const error = 'template: a.tmpl:1: function "now" not defined';
    expect(checkTemplateFiles(files, profileFor("alertmanager@0.32"))).toMatchObject({ error });
  });

  it("may replace a default template, and an installation's files all of them", () => {
    const content = '{{ define "__subject" }}mine{{ end }}';
    const text = '{{ template "__subject" . }}';
    const mine = parseTemplates([{ name: "a.tmpl", content }], profile).set;
    expect(executeTemplate(mine, { kind: "text", text, data, profile })).toEqual({ ok: true, output: "mine" });
    const bare = parseTemplates([], profile, { defaults: [{ name: "default.tmpl", content }] }).set;
    const result = executeTemplate(bare, {
      kind: "text",
      text: '{{ template "slack.default.title" . }}',
      data,
      profile,
    });
    expect(!result.ok && result.error).toContain('template "slack.default.title" not defined');
  });
});

describe("the data of a message, a pointer", () => {
  const shown = (text: string, kind: "text" | "html" = "text") => {
    const { set } = parseTemplates([], profile);
    const result = executeTemplate(set, { kind, text, data, profile, pointerData: true });
    return result.ok ? result.output : result.error;
  };

  it("is printed as one, but not by what escapes", () => {
    expect(shown("{{ print . }}")).toMatch(/^&\{/);
    for (const text of ["{{ js . }}", "{{ html . }}"]) expect(shown(text)).toMatch(/^\{/);
    expect(shown("<p>{{ . }}</p>", "html")).toMatch(/^<p>\{/);
    expect(shown("{{ urlquery . }}")).toMatch(/^%7B/);
    expect(shown('{{ urlquery "a" 1 . }}')).not.toContain("%26%7B");
  });
});

describe("an error in a default template", () => {
  const files = [{ name: "default.tmpl", content: '{{ define "broken" }}{{ .Nope }}{{ end }}' }];
  const error = (version: string, program: boolean) => {
    const at = profileFor(`alertmanager@${version}`);
    const { set } = parseTemplates([], at, { defaults: files, program });
    const result = executeTemplate(set, { kind: "text", text: '{{ template "broken" . }}', data, profile: at });
    return result.ok ? "" : result.error;
  };

  it("names its file in amtool before 0.34 and nowhere in the program, in any order of asking", () => {
    for (const [version, program] of [
      ["0.25", false],
      ["0.25", true],
      ["0.33", true],
      ["0.33", false],
    ] as const) {
      const name = program ? "" : "default.tmpl";
      expect(error(version, program)).toContain(`template: ${name}:1:24: executing "broken"`);
    }
    expect(error("0.34", false)).toContain("template: :1:24:");
  });
});

describe("the text of a field", () => {
  it("is told what is wrong with it", () => {
    expect(checkTemplateText("{{ toUpper .Status }}", profile)).toBeNull();
    expect(checkTemplateText("x {{ .Status", profile)).toMatchObject({ error: "template: :1: unclosed action" });
    expect(checkTemplateText("a\n{{ toJsn . }}", profile)).toEqual({
      error: 'template: :2: function "toJsn" not defined',
      range: { start: { line: 2, column: 4, offset: 5 }, end: { line: 2, column: 9, offset: 10 } },
    });
  });

  it("may name no function of Alertmanager where it is read at load", () => {
    const error = 'template: :1: function "toUpper" not defined';
    expect(checkTemplateText("{{ toUpper .X }}", profile, { functions: "none" })).toMatchObject({ error });
    expect(checkTemplateText("{{ printf `%s` .X }}", profile, { functions: "none" })).toBeNull();
  });
});

describe("default templates", () => {
  const names = (id: string) =>
    [...defaultTemplates(profileFor(id))[0]!.content.matchAll(/define "([^"]+)"/g)].map(([, name]) => name);

  it("come with the version that brought them", () => {
    expect(names("alertmanager@0.25")).not.toContain("msteams.default.title");
    expect(names("alertmanager@0.26")).toContain("msteams.default.title");
    expect(names("alertmanager@0.28")).not.toContain("jira.default.summary");
    expect(names("alertmanager@0.28-upstream")).toContain("jira.default.summary");
    expect(names("alertmanager@0.31")).not.toContain("slack.default.color");
    expect(names("alertmanager@0.34")).toContain("slack.default.color");
  });

  it.each([
    [["critical", "warning"], [], "High"],
    [["info", "warning"], ["critical"], "Medium"],
    [["odd"], ["info"], "Low"],
    [[], ["warning", "critical"], "High"],
    [[undefined], [], ""],
  ])("Jira's priority of firing %j and resolved %j is %s", (firing, resolved, priority) => {
    const alert = (status: string) => (severity: string | undefined) => {
      const labels: Record<string, string> = severity ? { severity } : {};
      return { status, labels };
    };
    const alerts = [...firing.map(alert("firing")), ...resolved.map(alert("resolved"))];
    const text = '{{ template "jira.default.priority" . }}';
    expect(run(text, { data: { alerts } })).toEqual({ ok: true, output: priority });
  });
});
