import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { defaultTemplates, profileFor } from "@/lib/alertmanager";
import { answerLine } from "./batch";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-batch-"));
  vi.stubEnv("DEFAULT_TEMPLATES_DIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function install(version: string, page: string): void {
  const place = path.join(folder, version);
  mkdirSync(place);
  const [short] = defaultTemplates(profileFor(`alertmanager@${version}`));
  writeFileSync(path.join(place, "default.tmpl"), short!.content);
  writeFileSync(path.join(place, "email.tmpl"), `{{ define "email.default.html" }}${page}{{ end }}`);
}

const ask = (target: string, request: object) => JSON.parse(answerLine(JSON.stringify({ id: 1, target, ...request })));

it("renders the page of the version whose files are there, and knows of none for others", () => {
  install("0.33", "<p>{{ .Receiver }}</p>");
  const request = {
    op: "template",
    kind: "html",
    text: '{{ template "email.default.html" . }}',
    data: { receiver: "<a>" },
  };
  expect(ask("alertmanager@0.33", request)).toEqual({ id: 1, ok: true, output: "<p>&lt;a&gt;</p>" });
  expect(ask("alertmanager@0.34", request)).toMatchObject({
    ok: false,
    error: expect.stringContaining("no such template"),
  });
});

it("sends that page in mails; without it they say that they are approximate", () => {
  install("0.33", "<p>theirs</p>");
  const config = `
route: {receiver: a}
receivers: [{name: a, email_configs: [{to: x@y.example, from: a@b.example, smarthost: "m:25", require_tls: false}]}]
`;
  const request = { op: "notifications", config, alerts: [[{ labels: { alertname: "A" } }]] };
  const [exact] = ask("alertmanager@0.33", request).requests;
  expect(exact.data).toContain("\r\n\r\n<p>theirs</p>\r\n--BOUNDARY--");
  expect(exact).not.toHaveProperty("approximation");
  const [other] = ask("alertmanager@0.34", request).requests;
  expect(other.data).not.toContain("theirs");
  expect(other.approximation).toBe(true);
});
