import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { renderDefinition } from "./workbench-output";

const profile = profileFor("alertmanager@0.34");
const now = "2026-03-02T08:12:00Z";
const alerts = [
  { labels: { alertname: "Lag", instance: "b" }, startsAt: "2026-03-02T08:00:00Z" },
  { labels: { alertname: "Lag", instance: "a" }, startsAt: "2026-03-02T08:00:00Z", endsAt: "2026-03-02T08:10:00Z" },
];
const content = `
{{ define "title" }}{{ .Status }} {{ .GroupLabels.alertname }} {{ len .Alerts }}{{ end }}
{{ define "list" }}{{ range . }}{{ template "one" . }}{{ end }}{{ end }}
{{ define "one" }}[{{ .Labels.instance }} {{ .Status }}]{{ end }}
{{ define "all" }}{{ template "list" .Alerts }}{{ end }}
{{ define "broken" }}{{ .Nope }}{{ end }}`;
const render = (name: string) =>
  renderDefinition({ templates: [{ name: "a.tmpl", content }] }, profile, { name, alerts, now });

it("calls a definition with what others call it with", () => {
  expect(render("title")).toEqual({ call: '{{ template "title" . }}', result: { ok: true, output: "firing Lag 2" } });
  expect(render("list")).toEqual({
    call: '{{ template "list" .Alerts }}',
    result: { ok: true, output: "[a resolved][b firing]" },
  });
  expect(render("one")).toMatchObject({
    call: '{{ range .Alerts }}{{ template "one" . }}{{ end }}',
    result: { output: "[a resolved][b firing]" },
  });
});

it("answers with Alertmanager's error", () => {
  expect(render("broken").result).toMatchObject({
    ok: false,
    error: expect.stringContaining("can't evaluate field Nope in type *template.Data"),
  });
  expect(render("nobody").result).toMatchObject({ ok: false, error: expect.stringContaining("nobody") });
});

it("finds what the installation's own default templates define, and not ours then", () => {
  const templates = [{ name: "a.tmpl", content: '{{ define "mine" }}{{ template "house.title" . }}{{ end }}' }];
  const defaults = [{ name: "default.tmpl", content: '{{ define "house.title" }}House {{ .Status }}{{ end }}' }];
  const output = (files?: typeof defaults) =>
    renderDefinition({ templates }, profile, { name: "mine", alerts, now, defaults: files }).result;
  expect(output(defaults)).toEqual({ ok: true, output: "House firing" });
  expect(output()).toMatchObject({ ok: false, error: expect.stringContaining("house.title") });
});
