import { describe, expect, it } from "vitest";
import type { Config, JsonObject, TemplateFile } from "../config/types";
import { applyFix } from "../diff/apply-fix";
import { PROFILE_IDS, profileFor } from "../profiles";
import { defaultTemplateNames, defaultTemplates } from "../templates";
import { parseConfig } from "../yaml/parse-config";
import type { Diagnostic } from "./diagnostic";
import { isRefusal } from "./first-refusal";
import { type ValidateOptions, validateConfig } from "./validate-config";

const latest = profileFor("alertmanager@0.34");

function withReceiver(receiver: JsonObject, more: JsonObject = {}): Config {
  const config = {
    route: { id: "root", receiver: "team" },
    receivers: [{ id: "r", name: "team", ...receiver }],
    ...more,
  };
  return config as unknown as Config;
}

const slack = (fields: JsonObject, more: JsonObject = {}) =>
  withReceiver({ slack_configs: [{ id: "s", api_url: "https://h.example/x", channel: "#c", ...fields }] }, more);

function told(config: Config, options: ValidateOptions = { templates: [] }, profile = latest) {
  return validateConfig(config, profile, options).map(
    ({ code, severity, stage, path, params }) => [code, severity, stage, path.join("."), params] as const,
  );
}

const file = (content: string, name = "team.tmpl"): TemplateFile => ({ name, content });
const FIELD = "receivers.0.slack_configs.0";

describe("a field that is no template", () => {
  it("blocks publishing, though the target loads it", () => {
    const [found, ...others] = validateConfig(slack({ title: "x {{ .Status" }), latest);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      ...{ code: "template_invalid", severity: "error", stage: "notify", params: { reason: "unclosed action" } },
      ...{ path: ["receivers", 0, "slack_configs", 0, "title"], upstream: "template: :1: unclosed action" },
    });
    expect(isRefusal(found!)).toBe(false);
  });

  it("may call a function that the version does not have yet", () => {
    const config = slack({ text: "{{ trimSpace .Status }}" });
    expect(told(config)).toEqual([]);
    expect(told(config, {}, profileFor("alertmanager@0.25"))).toEqual([
      ["template_function_unknown", "error", "notify", `${FIELD}.text`, { name: "trimSpace", version: "0.25" }],
    ]);
    const own = slack({ text: "{{ tenantID }}" });
    expect(told(own).map(([code]) => code)).toEqual(["template_function_unknown"]);
    expect(told(own, {}, profileFor("mimir@3.2"))).toEqual([]);
  });

  it("is found in lists, maps and nested values, and nowhere else", () => {
    const broken = "{{";
    const nested = slack({
      fields: [{ title: "a", value: broken }],
      actions: [{ type: "button", text: "t", url: "u", confirm: { text: broken } }],
      mrkdwn_in: [broken],
    });
    expect(told(nested).map(([, , , path]) => path)).toEqual([
      `${FIELD}.fields.0.value`,
      `${FIELD}.actions.0.confirm.text`,
    ]);
    const payload = { a: [{ b: broken }], n: 1 };
    const url = "http://h.example";
    const webhook = withReceiver({ webhook_configs: [{ id: "w", url, url_file: "", payload }] });
    expect(told(webhook).map(([, , , path]) => path)).toEqual(["receivers.0.webhook_configs.0.payload.a.0.b"]);
    const email = { id: "e", to: "a@b.c", from: "a@b.c", smarthost: "h:25", headers: { Subject: broken } };
    expect(told(withReceiver({ email_configs: [email] })).map(([, , , path]) => path)).toEqual([
      "receivers.0.email_configs.0.headers.Subject",
    ]);
  });

  it("is told once where Alertmanager itself refuses it", () => {
    const url = "http://h.example/{{ toUpper .Status }}";
    const webhook = withReceiver({ webhook_configs: [{ id: "w", url }] });
    expect(told(webhook).map((found) => found.slice(0, 3))).toEqual([["invalid_url_template", "error", "load"]]);
    const opsgenie = { id: "o", api_key: "k", responders: [{ name: "n", type: "{{ toUpper" }] };
    const config = withReceiver({ opsgenie_configs: [opsgenie] });
    expect(told(config).map((found) => found.slice(0, 3))).toEqual([["template_syntax", "error", "load"]]);
  });

  it.each(['{{ "s3cret" "s3cret }}', "{{ 's3cret' }}", "{{ s3cret }}", "{{ .s3cret.( }}"])(
    "does not tell the words of a secret such as %s",
    (token) => {
      const pushover = { id: "p", user_key: "u", token };
      const found = validateConfig(withReceiver({ pushover_configs: [pushover] }), latest);
      expect(found).toMatchObject([{ code: "template_invalid", stage: "notify", severity: "error" }]);
      expect(found[0]?.path.at(-1)).toBe("token");
      expect(JSON.stringify(found)).not.toContain("s3cret");
    },
  );
});

describe("a name", () => {
  const TITLE = { title: '{{ template "team.title" . }}' };

  it("may be of a default, of a file, or of the text itself", () => {
    expect(told(slack({ title: '{{ template "slack.default.text" . }}' }))).toEqual([]);
    expect(told(slack(TITLE), { templates: [file('{{ define "team.title" }}x{{ end }}')] })).toEqual([]);
    expect(told(slack({ title: '{{ template "team.tmpl" . }}' }), { templates: [file("x")] })).toEqual([]);
    expect(told(slack({ title: '{{ define "a" }}x{{ end }}{{ template "a" . }}' }))).toEqual([]);
    expect(told(slack({ title: '{{ block "a" . }}x{{ end }}' }))).toEqual([]);
  });

  it("of nothing blocks publishing, wherever in the text it stands", () => {
    const params = { name: "team.title" };
    const expected = [["template_undefined", "error", "notify", `${FIELD}.title`, params]];
    expect(told(slack(TITLE))).toEqual(expected);
    const branch = '{{ if false }}{{ else }}{{ range .Alerts }}{{ template "team.title" . }}{{ end }}{{ end }}';
    expect(told(slack({ title: branch }))).toEqual(expected);
    const url = 'http://h.example/{{ template "team.title" . }}';
    const webhook = withReceiver({ webhook_configs: [{ id: "w", url }] });
    expect(told(webhook)).toEqual([
      ["template_undefined", "error", "notify", "receivers.0.webhook_configs.0.url", params],
    ]);
  });

  it("of a later version is not one of this", () => {
    const config = slack({ color: '{{ template "slack.default.color" . }}' });
    expect(told(config)).toEqual([]);
    const before = told(config, { templates: [] }, profileFor("alertmanager@0.31"));
    expect(before.map(([code]) => code)).toEqual(["template_undefined"]);
  });

  it("that is nearly right is repaired on a click", () => {
    const config = slack({
      title: '{{- template "slack.default.titel" . }} and {{ template `slack.default.titel` . }}',
    });
    const [found] = validateConfig(config, latest, { templates: [] });
    expect(found).toMatchObject({
      code: "template_undefined_suggestion",
      params: { name: "slack.default.titel", suggestion: "slack.default.title" },
    });
    const repaired = applyFix(config, found!.fix!);
    expect(told(repaired)).toEqual([]);
    expect(JSON.stringify(repaired)).toContain("{{ template `slack.default.title` . }}");
    const escaped = slack({ title: '{{ template "slack.default.t\\u0069tel" . }}' });
    expect(validateConfig(escaped, latest, { templates: [] })[0]?.fix).toBeUndefined();
  });

  it("in a file is judged too, called or not", () => {
    const templates = [file('{{ define "a" }}{{ template "nowhere" . }}{{ end }}')];
    expect(told(slack({}), { templates })).toEqual([
      ["template_undefined", "error", "notify", "templates.team.tmpl", { name: "nowhere" }],
    ]);
    const above = slack({ title: '{{ define "nowhere" }}x{{ end }}{{ template "a" . }}' });
    expect(told(above, { templates })).toEqual([]);
  });

  it("is only unknown where the target may have files that define it, and told once", () => {
    const unknown = [["template_unknown", "info", "notify", `${FIELD}.title`, { name: "team.title" }]];
    const elsewhere = slack({ ...TITLE, text: TITLE.title }, { templates: ["/etc/alertmanager/*.tmpl"] });
    expect(told(elsewhere)).toEqual(unknown);
    expect(told(elsewhere, { files: {} })).toEqual(unknown);
    expect(told(elsewhere, {})).toEqual([]);
    // Publishing replaces the pattern that names the document's files.
    const templates = [file("{{ .Status }}")];
    expect(told(elsewhere, { templates }).map(([code]) => code)).toEqual(["template_undefined", "template_undefined"]);
    const beside = slack(TITLE, { templates: ["tmpl/*.tmpl"] });
    expect(told(beside, { files: { "tmpl/a.tmpl": '{{ define "team.title" }}{{ end }}' } })).toEqual([]);
    expect(told(beside, { files: { "tmpl/a.tmpl": '{{ template "b" }}' } })).toEqual([
      ["template_undefined", "error", "notify", `${FIELD}.title`, { name: "team.title" }],
      ["template_undefined", "error", "notify", "templates.0", { name: "b" }],
    ]);
    expect(told(beside, { files: { "a.tmpl": '{{ define "team.title" }}{{ end }}' } })).toEqual(unknown);
  });

  it("is not missed when the file that may define it does not parse", () => {
    const found = told(slack(TITLE), { templates: [file('{{ define "team.title" }}')] });
    const params = { name: "team.tmpl", reason: "unexpected EOF" };
    expect(found).toEqual([
      ["template_file_syntax", "error", "templates", "templates.team.tmpl", params],
      ["template_unknown", "info", "notify", `${FIELD}.title`, { name: "team.title" }],
    ]);
  });

  it("is placed in the text", () => {
    const yaml = `route: { receiver: a }
receivers:
  - name: a
    slack_configs:
      - api_url: https://h.example/x
        channel: c
        title: '{{ template "nowhere" . }}'
`;
    const { diagnostics } = parseConfig(yaml, { profile: latest, files: {}, newId: () => "id" });
    expect(diagnostics.map(({ code, range }) => [code, range?.start.line])).toEqual([["template_undefined", 7]]);
  });
});

describe("the default templates", () => {
  it.each(PROFILE_IDS)("of %s raise nothing, as files or named in a field", (id) => {
    const profile = profileFor(id);
    const names = defaultTemplateNames(profile);
    const title = names.map((name) => `{{ template "${name}" . }}`).join("");
    const templates = defaultTemplates(profile);
    const problems = (found: Diagnostic[]) => found.filter(({ code }) => code.startsWith("template"));
    expect(problems(validateConfig(slack({ title }), profile, { templates: [] }))).toEqual([]);
    expect(problems(validateConfig(slack({ title }), profile, { templates }))).toEqual([]);
    expect(names).toContain("email.default.html");
  });

  it("are those of the installation where they are known", () => {
    const defaults = [{ name: "default.tmpl", content: '{{ define "house.title" }}x{{ end }}' }];
    const told = (name: string, known?: typeof defaults) =>
      validateConfig(slack({ title: `{{ template "${name}" . }}` }), latest, { templates: [], defaults: known })
        .map(({ code }) => code)
        .filter((code) => code.startsWith("template_undefined"));
    expect(told("house.title")).toHaveLength(1);
    expect(told("house.title", defaults)).toEqual([]);
    expect(told("slack.default.title", defaults)).toHaveLength(1);
    expect(told("email.default.html", defaults)).toEqual([]);
  });
});

it("judges an edit among 1,000 receivers within a keystroke", () => {
  const receiver = (index: number) => ({
    id: `r${index}`,
    name: `team${index}`,
    slack_configs: [
      {
        id: "s",
        api_url: "https://h.example/x",
        channel: "c",
        title: `{{ template "a" . }} ${index}`,
        text: `{{ .Status }}${index}`,
      },
    ],
  });
  const options = { templates: [file('{{ define "a" }}x{{ end }}')] };
  const receivers = Array.from({ length: 1000 }, (_, index) => receiver(index));
  const routes = receivers.map(({ name }, index) => ({ id: `n${index}`, receiver: name, matchers: [`t="${index}"`] }));
  const route = { id: "root", receiver: "team0", routes };
  const timed = () => {
    const config = { route, receivers: [...receivers] } as unknown as Config;
    const began = performance.now();
    const found = validateConfig(config, latest, options);
    return [performance.now() - began, found.length] as const;
  };
  const [whole, before] = timed();
  expect(before).toBe(0);
  const times = Array.from({ length: 15 }, (_, index) => {
    const edited = receiver(index * 50);
    edited.slack_configs[0]!.title = `{{ template "nowhere" . }} ${index}`;
    receivers[index * 50] = edited;
    const [took, found] = timed();
    expect(found).toBe(index + 1);
    return took;
  });
  // Held against judging all of it, which the same machine has just done, and others have made it warm.
  expect(times.sort((left, right) => left - right)[7]).toBeLessThan(whole / 2);
});
