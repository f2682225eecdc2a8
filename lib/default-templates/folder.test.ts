import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { defaultTemplates, executeTemplate, parseTemplates, profileFor } from "@/lib/alertmanager";
import { folderTemplatesFor, templatesFolder } from ".";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "signalbox-defaults-"));
  vi.stubEnv("DEFAULT_TEMPLATES_DIR", root);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const page = (words: string) =>
  `{{ define "email.default.html" }}<p>${words} {{ template "__subject" . }}</p>{{ end }}`;

/** An installation of that version, with a page of our own. */
function install(version: string, folder: string, words = version) {
  const place = path.join(root, folder);
  mkdirSync(place, { recursive: true });
  const [short] = defaultTemplates(profileFor(`alertmanager@${version}`));
  writeFileSync(path.join(place, "default.tmpl"), short!.content);
  writeFileSync(path.join(place, "email.tmpl"), page(words));
}

function mail(id: string): string | null {
  const profile = profileFor(id);
  const found = folderTemplatesFor(profile);
  if (!found) return null;
  const { set } = parseTemplates([], profile, { defaults: found.files });
  const data = { status: "firing", alerts: [], groupLabels: { a: "x" }, commonLabels: { a: "x" } };
  const text = '{{ template "email.default.html" . }}';
  const result = executeTemplate(set, { kind: "html", text, data, profile });
  return result.ok ? result.output : result.error;
}

it("takes a folder that is named after a version at its word, and nothing of it for others", () => {
  install("0.25", "0.33");
  install("0.34", "alertmanager@0.34");
  install("0.34", "mimir@3.2", "mimir");
  expect(mail("alertmanager@0.33")).toBe("<p>0.25 [FIRING:0] x </p>");
  expect(mail("alertmanager@0.34")).toBe("<p>0.34 [FIRING:0] x </p>");
  expect(mail("mimir@3.2")).toBe("<p>mimir [FIRING:0] x </p>");
  expect(mail("alertmanager@0.32")).toBeNull();
});

it("serves the version that nameless files fit, and no other before 0.28", () => {
  install("0.25", ".");
  expect(mail("alertmanager@0.25")).toBe("<p>0.25 [FIRING:0] x </p>");
  for (const version of ["0.26", "0.27", "0.28", "0.34"]) expect(mail(`alertmanager@${version}`), version).toBeNull();
});

it("gives the page of one newer version to all of them, beside their own short templates", () => {
  install("0.30", ".");
  for (const version of ["0.28", "0.30", "0.34"]) {
    expect(mail(`alertmanager@${version}`), version).toBe("<p>0.30 [FIRING:0] x </p>");
  }
  expect(mail("alertmanager@0.25")).toBeNull();
  const profile = profileFor("alertmanager@0.34");
  const { set } = parseTemplates([], profile, { defaults: folderTemplatesFor(profile)!.files });
  const text = '{{ template "slack.default.color" . }}';
  const data = { status: "firing" };
  expect(executeTemplate(set, { kind: "text", text, data, profile })).toEqual({ ok: true, output: "danger" });
});

it("gives the same list until a file changes", () => {
  install("0.34", "0.34");
  const before = folderTemplatesFor(profileFor("alertmanager@0.34"))!;
  expect(before.folder).toBe(path.join(root, "0.34"));
  expect(folderTemplatesFor(profileFor("alertmanager@0.34"))!.files).toBe(before.files);
  writeFileSync(path.join(root, "0.34/email.tmpl"), page("another one"));
  expect(mail("alertmanager@0.34")).toBe("<p>another one [FIRING:0] x </p>");
});

it.each([
  ["nothing there", () => rmSync(path.join(root, "0.34"), { recursive: true })],
  ["one of the files only", () => rmSync(path.join(root, "0.34/email.tmpl"))],
  ["a file of a size that no template has", () => writeFileSync(path.join(root, "0.34/email.tmpl"), "x".repeat(3e6))],
])("finds nothing where there is %s", (_what, spoil) => {
  install("0.34", "0.34");
  spoil();
  expect(folderTemplatesFor(profileFor("alertmanager@0.34"))).toBeNull();
});

it("says where it looks, and who said so", () => {
  expect(templatesFolder()).toEqual({ folder: root, given: true });
  vi.stubEnv("DEFAULT_TEMPLATES_DIR", "");
  expect(templatesFolder()).toEqual({ folder: "/usr/share/prometheus/alertmanager", given: false });
});
