import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { run } from "./template";
import { captured } from "./testing/captured";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-template-"));
  vi.stubEnv("DEFAULT_TEMPLATES_DIR", path.join(folder, "none"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const place = path.join(folder, name);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, content);
  return place;
}

const render = (text: string, ...more: string[]) => captured(() => run(["render", `--template.text=${text}`, ...more]));
const printed = (out: string) => ({ code: 0, out, err: "" });

it("renders on amtool's example, with the default templates of the target", async () => {
  expect(await render('{{ template "slack.default.title" . }}')).toEqual(
    printed("[ALERTSTATUS] grouplabelvalue1 grouplabelvalue2 "),
  );
  const color = '{{ template "slack.default.color" . }}';
  expect(await render(color)).toEqual(printed("good"));
  expect(await render(color, "--target", "alertmanager@0.25")).toEqual({
    code: 1,
    out: "",
    err: 'template: :1:12: executing "" at <{{template "slack.default.color" .}}>: template "slack.default.color" not defined\n',
  });
});

it("has alerts of five and ten minutes ago in the example", async () => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") });
  const text = '{{ range .Alerts }}{{ .StartsAt.Format "15:04" }}-{{ .EndsAt.Format "15:04" }} {{ end }}';
  expect(await render(text)).toEqual(printed("11:55-12:00 11:50-12:00 "));
  expect(await render("{{ now.Unix }}")).toEqual(printed("1772366400"));
});

it("reads files by their globs in order, later ones on top, hidden ones too", async () => {
  file("b/1.tmpl", '{{ define "x" }}one{{ end }}');
  file("b/.2.tmpl", '{{ define "hidden" }}{{ template "x" }}!{{ end }}');
  file("a/9.tmpl", '{{ define "x" }}nine{{ end }}');
  const globs = ["b", "a"].map((name) => `--template.glob=${folder}/${name}/*.tmpl`);
  expect(await render('{{ template "hidden" }}', ...globs)).toEqual(printed("nine!"));
  expect(await render('{{ template "hidden" }}', ...globs.toReversed())).toEqual(printed("one!"));
  expect(await render('{{ template "x" }}', `--template.glob=${folder}/?/[0-5].tmpl`)).toEqual(printed("one"));
  expect(await render("x", `--template.glob=${folder}/none*`, `--template.glob=${folder}/none`)).toEqual(printed("x"));
});

it("escapes as in e-mails when it is told so", async () => {
  const data = file("d.json", '{"Receiver":"a<b","unknown":1,"commonLabels":null,"alerts":[{"startsat":null}]}');
  const given = [`--template.data=${data}`, "--template.type=html"];
  expect(await render("<b title={{ .Receiver }}>{{ .CommonLabels.x }}{{ len .Alerts }}", ...given)).toEqual(
    printed("<b title=a&lt;b>1"),
  );
});

it("takes an installation's files for the target that they are named after", async () => {
  file("defaults/0.34/default.tmpl", '{{ define "__subject" }}S{{ end }}');
  file("defaults/0.34/email.tmpl", '{{ define "email.default.html" }}<p>{{ template "__subject" . }}</p>{{ end }}');
  vi.stubEnv("DEFAULT_TEMPLATES_DIR", path.join(folder, "defaults"));
  expect(await render('{{ template "email.default.html" . }}')).toEqual(printed("<p>S</p>"));
  expect((await render('{{ template "email.default.html" . }}', "-t", "alertmanager@0.33")).code).toBe(1);
});

it("tells the error of a file and of a text in the program's words", async () => {
  const broken = file("a.tmpl", "{{ if }}");
  expect(await render("x", `--template.glob=${broken}`)).toEqual({
    ...{ code: 1, out: "", err: "template: a.tmpl:1: missing value for if\n" },
  });
  expect(await render("{{ nope }}")).toEqual({ code: 1, out: "", err: 'template: :1: function "nope" not defined\n' });
});

it.each([
  ['{"status":1}', "status must be a string."],
  ['{"alerts":{}}', "alerts must be a list of alerts."],
  ['{"alerts":[{"labels":{"a":1}}]}', "alerts[0].labels.a must be a string."],
  ['{"alerts":[{"startsAt":"yesterday"}]}', "alerts[0].startsAt must be a time such as 2026-01-31T08:00:00Z."],
  ["[]", "the data must be an object as in the body of a webhook."],
])("says what is wrong with the data %s", async (content, words) => {
  const data = file("d.json", content);
  expect(await render("x", `--template.data=${data}`)).toEqual({ code: 2, out: "", err: `${data}: ${words}\n` });
});

it.each([
  [["--template.text=x"], /^usage: signalbox template render/],
  [["render"], /^usage: signalbox template render/],
  [["render", "--template.text=x", "more"], /^usage: signalbox template render/],
  [["render", "--template.text=x", "--template.type=pdf"], /text or html, not pdf/],
  [["render", "--template.text=x", "--template.glob=[/x"], /syntax error in pattern/],
  [["render", "--template.text=x", "--target=nagios"], /no profile nagios; known: alertmanager@0.25/],
  [["render", "--template.nope=x"], /nope[\s\S]*usage: signalbox template render/],
])("%j is called wrongly", async (argv, words) => {
  const { code, out, err } = await captured(() => run(argv));
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(words);
});
