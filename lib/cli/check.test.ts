import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run as check } from "./check";
import { captured } from "./testing/captured";

const ROUTE = "route:\n  receiver: a\nreceivers:\n  - name: a\n";
const FILES = {
  "good.yml": `${ROUTE}    webhook_configs: [{url: 'http://h'}]\ntemplates: ['t/*.tmpl']\n`,
  "bad.yml": `${ROUTE}    webhook_configs: [{url: 'http://h', 50%: x}]\n`,
  "template.yml": `${ROUTE}    webhook_configs: [{url: 'http://h'}]\ntemplates: ['./broken.tmpl']\n`,
  "ca.yml": `${ROUTE}    webhook_configs: [{url: 'http://h', http_config: {tls_config: {ca_file: absent.pem}}}]\n`,
  "t/ok.tmpl": '{{ define "x" }}{{ toUpper "a" }}{{ end }}',
  "broken.tmpl": '{{ define "x" }}',
};

let folder: string;
const at = (name: string) => path.join(folder, name);
const run = (...argv: string[]) => captured(() => check(argv));
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-check-"));
  mkdirSync(at("t"));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(at(name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("check", () => {
  it("ends with 1 when one of several would be refused, and judges all", async () => {
    const { code, out } = await run(at("good.yml"), at("bad.yml"));
    expect(code).toBe(1);
    expect(out).toContain("good.yml is fine for alertmanager@0.34: 0 errors, 0 warnings\n");
    expect(out).toContain("bad.yml would be refused for alertmanager@0.34: 1 errors, 0 warnings\n");
  });

  it("looks beside the file for what it names", async () => {
    const broken = await run(at("template.yml"), "--format", "json");
    expect(JSON.parse(broken.out)).toMatchObject({
      ok: false,
      diagnostics: [{ code: "template_file_syntax", upstream: "template: broken.tmpl:1: unexpected EOF" }],
    });
    const missing = await run(at("ca.yml"), "--format", "json");
    expect(JSON.parse(missing.out).diagnostics[0]).toMatchObject({ code: "file_missing", stage: "reload" });
  });

  it("writes SARIF with rule, level and region", async () => {
    const { out } = await run(at("bad.yml"), "--format", "sarif");
    const [sarif] = JSON.parse(out).runs;
    expect(sarif.tool.driver.rules).toEqual([
      { id: "unknown_key", shortDescription: { text: "Alertmanager does not know the key {key} here" } },
    ]);
    expect(sarif.results).toMatchObject([
      {
        ruleId: "unknown_key",
        level: "error",
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: at("bad.yml") },
              region: { startLine: 5, startColumn: 41, endLine: 5, endColumn: 44 },
            },
          },
        ],
      },
    ]);
  });

  it("annotates the lines of a GitHub workflow", async () => {
    const { out } = await run(at("bad.yml"), "--format", "github");
    expect(out).toBe(
      `::error file=${at("bad.yml")},line=5,col=41,endLine=5,endColumn=44,title=unknown_key::Alertmanager does not know the key 50%25 here%0AAlertmanager: yaml: unmarshal errors:%0A  line 5: field 50%25 not found in type webhook.plain\n`,
    );
  });

  it.each([[["--format", "xml", "x.yml"]], [[]], [["--target", "alertmanager@9", "x.yml"]]])(
    "ends with 2 when called as %j",
    async (argv) => expect((await run(...argv)).code).toBe(2),
  );
});
