import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { run } from "./template";
import { captured } from "./testing/captured";

const AMTOOL = "/usr/bin/amtool";
const INSTALLED = "/usr/share/prometheus/alertmanager";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-amtool-"));
vi.stubEnv("DEFAULT_TEMPLATES_DIR", INSTALLED);
vi.stubEnv("TZ", "UTC");
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const file = (name: string, content: string) => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
const mine = file(
  "mine.tmpl",
  '{{ define "mine" }}{{ .Status | toUpper }}{{ end }}{{ define "slack.default.title" }}T{{ end }}',
);
const broken = file("broken.tmpl", "\n{{ range }}");

const samples = readFileSync(
  new URL("../alertmanager/templates/testdata/templates-data.json", import.meta.url),
  "utf8",
);
const data = Object.entries(JSON.parse(samples)).map(([name, value]) => file(`${name}.json`, JSON.stringify(value)));

interface Said {
  code: number;
  out: string;
  err: string;
}

function amtool(argv: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(
      AMTOOL,
      ["template", ...argv],
      { maxBuffer: 2 ** 26, env: { ...process.env, TZ: "UTC" } },
      (error, out, err) => {
        resolve({ code: error ? 1 : 0, out, err: err.replace(/^amtool: error: /, "").replace(/\n\n$/, "\n") });
      },
    );
  });
}

const ours = (argv: string[]) => captured(() => run([...argv, "--target=alertmanager@0.25"]));
const argv = (text: string, ...more: string[]) => [
  "render",
  `--template.glob=${INSTALLED}/*.tmpl`,
  `--template.text=${text}`,
  ...more,
];

const PAGE = '{{ template "email.default.html" . }}';
const ALL = readFileSync(new URL("../alertmanager/templates/defaults.ts", import.meta.url), "utf8");
const SHORT = [...ALL.matchAll(/^ {2}\["(\w+\.default\.\w+)", null/gm)].map(([, name]) => name!);

describe.skipIf(!existsSync(AMTOOL) || !existsSync(INSTALLED))(
  "amtool template render of Alertmanager 0.25 as a command (skipped when it is not installed)",
  () => {
    it("knows what it compares", () => expect(SHORT.length).toBeGreaterThan(20));

    it.each(data)("the page of mails and all short templates on %s", async (given) => {
      const page = argv(PAGE, "--template.type=html", `--template.data=${given}`);
      const theirs = await amtool(page);
      expect(theirs.out).toContain("<!DOCTYPE html PUBLIC");
      expect(await ours(page)).toEqual(theirs);
      const short = argv(SHORT.map((name) => `{{ template "${name}" . }}`).join("|"), `--template.data=${given}`);
      expect(await ours(short)).toEqual(await amtool(short));
    });

    it.each([
      argv(
        "{{ .Receiver }} {{ .Status }} {{ .GroupLabels }} {{ .CommonLabels }} {{ .CommonAnnotations }} {{ .ExternalURL }}",
      ),
      argv(
        "{{ range .Alerts }}{{ .Status }} {{ .Labels }} {{ .Annotations }} {{ .GeneratorURL }} {{ .Fingerprint }};{{ end }}",
      ),
      argv("{{ range .Alerts }}{{ .EndsAt.After .StartsAt }} {{ len (.Labels.SortedPairs) }} {{ end }}"),
      argv(PAGE, "--template.type=html"),
      argv('{{ template "mine" . }}{{ template "slack.default.title" . }}', `--template.glob=${mine}`),
      argv('{{ template "slack.default.title" . }}', `--template.glob=${folder}/none*`),
      argv("<a href='{{ .ExternalURL }}' onclick='f({{ .CommonLabels }})'>{{ .Status }}", "--template.type=html"),
      argv(""),
      argv("{{ .Nope }}"),
      argv("{{ nope }}"),
      argv("{{ if }}"),
      argv("<a b={{ if true }}'{{ end }}>", "--template.type=html"),
      argv("x", `--template.glob=${broken}`),
    ])("%j", async (...given) => {
      const theirs = await amtool(given);
      expect(await ours(given)).toEqual(theirs);
    });
  },
);
