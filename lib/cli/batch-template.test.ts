import { expect, it } from "vitest";
import { answerLine } from "./batch";

const ask = (request: object) => JSON.parse(answerLine(JSON.stringify({ id: 1, op: "template", ...request })));
const data = { status: "firing", receiver: "a<b", alerts: [], commonLabels: { job: "node" } };

it("renders a text on top of the default templates and the given files, later files last", () => {
  const templates = [
    { name: "b.tmpl", content: '{{ define "x" }}later{{ end }}' },
    { name: "a.tmpl", content: '{{ define "x" }}sooner{{ end }}' },
  ];
  const text = '{{ template "x" . }} {{ template "pagerduty.default.client" . }} {{ .CommonLabels }}';
  expect(ask({ kind: "text", templates, text, data })).toEqual({
    id: 1,
    ok: true,
    output: "later Alertmanager job=node",
  });
});

it("escapes by context", () => {
  const text = "<b title={{ .Receiver }}>";
  expect(ask({ kind: "html", templates: [], text, data }).output).toBe("<b title=a&lt;b>");
});

it("answers as the target's version", () => {
  const request = { kind: "text", templates: [], text: "{{ toJson .Status }}", data };
  expect(ask(request)).toMatchObject({ ok: true, output: '"firing"' });
  expect(ask({ ...request, target: "alertmanager@0.28" })).toEqual({
    id: 1,
    ok: false,
    error: 'template: :1: function "toJson" not defined\n',
  });
});

it("tells the error of a file", () => {
  const templates = [{ name: "a.tmpl", content: "{{ if }}" }];
  expect(ask({ kind: "text", templates, text: "x", data }).error).toBe("template: a.tmpl:1: missing value for if\n");
});

it.each([
  [{ text: "x", data, kind: "pdf" }, "kind must be text or html"],
  [{ data }, "text must be a string"],
  [{ text: "x", data: [] }, "data must be an object"],
  [{ text: "x", data, templates: [{ name: "a" }] }, "templates must be a list of files with name and content"],
])("says what is wrong with %j", (request, error) => {
  expect(ask(request)).toEqual({ id: 1, ok: false, error });
});
