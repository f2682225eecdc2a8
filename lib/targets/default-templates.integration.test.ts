import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { defaultTemplates, profileFor } from "@/lib/alertmanager";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import {
  defaultTemplatesFor,
  listDefaultTemplates,
  readTargetTemplates,
  removeDefaultTemplates,
  uploadDefaultTemplates,
} from ".";

const OPERATOR = { id: "operator", requestId: "test" };
const PLATFORM = "00000000-0000-0000-0000-000000000000";
const profile = (version: string) => profileFor(`alertmanager@${version}`);
const PAGE = '{{ define "email.default.html" }}<p>{{ .Status }}</p>{{ end }}';
const filesOf = (version: string, emailTmpl = PAGE) => ({
  defaultTmpl: defaultTemplates(profile(version))[0]!.content,
  emailTmpl,
});

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-defaults-"));
  vi.stubEnv("DEFAULT_TEMPLATES_DIR", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await database.asOwner("DELETE FROM default_templates");
});

const described = async (version: string) =>
  (await listDefaultTemplates()).versions.find((candidate) => candidate.version === version);
const platformEvents = () =>
  database.asOwner<{ type: string; data: object; actor: string }>(
    "SELECT type, data, actor FROM events WHERE tenant_id = $1 AND type LIKE 'DefaultTemplates%' ORDER BY position",
    [PLATFORM],
  );

it("has nothing to begin with, for any version, the newest first", async () => {
  const { versions, ...where } = await listDefaultTemplates();
  expect(where).toEqual({ folder, given: true });
  expect(versions.map(({ version }) => version)).toEqual([
    "0.34",
    "0.33",
    "0.32",
    "0.31",
    "0.30",
    "0.29",
    "0.28",
    "0.27",
    "0.26",
    "0.25",
  ]);
  expect(new Set(versions.map(({ source }) => source))).toEqual(new Set(["built_in"]));
  expect(await defaultTemplatesFor(profile("0.34"))).toBeNull();
});

it("serves what was uploaded for a version to every tenant, and to programs with that version inside", async () => {
  const uploaded = await uploadDefaultTemplates(OPERATOR, "0.34", filesOf("0.34"));
  expect(uploaded).toMatchObject({ version: "0.34", source: "uploaded", fits: true });
  const files = [
    { name: "default.tmpl", content: filesOf("0.34").defaultTmpl },
    { name: "email.tmpl", content: PAGE },
  ];
  for (const role of ["viewer", "admin"] as const) {
    const ctx = await database.addTenant(role);
    expect(await readTargetTemplates(ctx, { profile: "alertmanager@0.34" })).toEqual({ source: "uploaded", files });
    expect(await readTargetTemplates(ctx, { profile: "alertmanager@0.33" })).toEqual({ source: "built_in", files: [] });
    await expect(readTargetTemplates(ctx, { profile: "nagios@3" })).rejects.toMatchObject({ code: "invalid_input" });
  }
  const inside = profileFor("mimir@3.2");
  await uploadDefaultTemplates(OPERATOR, inside.version, filesOf(inside.version));
  expect(await defaultTemplatesFor(inside)).not.toBeNull();
});

it("gives the same list again until another one is uploaded", async () => {
  await uploadDefaultTemplates(OPERATOR, "0.34", filesOf("0.34"));
  const before = await defaultTemplatesFor(profile("0.34"));
  expect(await defaultTemplatesFor(profile("0.34"))).toBe(before);
  await uploadDefaultTemplates(OPERATOR, "0.34", filesOf("0.34", PAGE.replace("<p>", "<p>Hi ")));
  expect((await defaultTemplatesFor(profile("0.34")))?.[1]?.content).toContain("<p>Hi ");
});

it("prefers an upload to the folder, and falls back on it", async () => {
  mkdirSync(path.join(folder, "0.33"));
  writeFileSync(path.join(folder, "0.33/default.tmpl"), filesOf("0.33").defaultTmpl);
  writeFileSync(path.join(folder, "0.33/email.tmpl"), PAGE);
  expect(await described("0.33")).toMatchObject({ source: "folder", folder: path.join(folder, "0.33"), fits: true });
  await uploadDefaultTemplates(OPERATOR, "0.33", filesOf("0.33"));
  expect(await described("0.33")).toMatchObject({ source: "uploaded" });
  await removeDefaultTemplates(OPERATOR, "0.33");
  expect(await described("0.33")).toMatchObject({ source: "folder" });
  await expect(removeDefaultTemplates(OPERATOR, "0.33")).rejects.toMatchObject({ code: "not_found" });
});

it("keeps files of another version, and says which templates tell so", async () => {
  expect(await uploadDefaultTemplates(OPERATOR, "0.32", filesOf("0.30"))).toMatchObject({
    fits: false,
    otherVersion: { missing: expect.arrayContaining(["slack.default.color"]), unexpected: [], differing: [] },
  });
  expect(await described("0.32")).toMatchObject({ fits: false });
  expect(await uploadDefaultTemplates(OPERATOR, "0.28", filesOf("0.28-upstream"))).toMatchObject({ fits: true });
});

it.each([
  [
    "0.34",
    { ...filesOf("0.34"), emailTmpl: "{{ if }}" },
    { issues: [{ path: ["emailTmpl"], message: /missing value for if/ }] },
  ],
  [
    "0.34",
    { ...filesOf("0.34"), defaultTmpl: "{{ nope }}" },
    { issues: [{ path: ["defaultTmpl"], message: /"nope" not defined/ }] },
  ],
  [
    "0.34",
    { ...filesOf("0.34"), emailTmpl: "nothing" },
    { issues: [{ path: ["emailTmpl"], message: /email\.default\.html/ }] },
  ],
  [
    "0.34",
    { ...filesOf("0.34"), emailTmpl: "é".repeat(132_000) },
    { issues: [{ path: ["emailTmpl"], message: /256 KiB/ }] },
  ],
  ["0.34", { emailTmpl: PAGE }, { issues: [{ path: ["defaultTmpl"], message: /.+/ }] }],
  [
    "0.28",
    { ...filesOf("0.28"), emailTmpl: `${PAGE}{{ toJson 1 }}` },
    { issues: [{ path: ["emailTmpl"], message: /toJson/ }] },
  ],
])("refuses for %s what its Alertmanager would not read %#", async (version, input, { issues }) => {
  const expected = issues.map(({ path: at, message }) =>
    expect.objectContaining({ path: at, message: expect.stringMatching(message) }),
  );
  const details = expect.objectContaining({ issues: expected });
  const refused = expect.objectContaining({ code: "invalid_input", details });
  await expect(uploadDefaultTemplates(OPERATOR, version, input)).rejects.toEqual(refused);
  expect(await described(version)).toMatchObject({ source: "built_in" });
});

it("knows no other versions", async () => {
  for (const version of ["0.24", "1.0", "alertmanager@0.34", "'; DROP TABLE x"]) {
    const refused = { code: "not_found" };
    await expect(uploadDefaultTemplates(OPERATOR, version, filesOf("0.34")), version).rejects.toMatchObject(refused);
    await expect(removeDefaultTemplates(OPERATOR, version), version).rejects.toMatchObject(refused);
  }
});

it("records who did it, with a digest and without a text", async () => {
  const before = (await platformEvents()).length;
  await uploadDefaultTemplates(OPERATOR, "0.31", filesOf("0.31"));
  await removeDefaultTemplates(OPERATOR, "0.31");
  expect((await platformEvents()).slice(before)).toEqual([
    {
      type: "DefaultTemplatesUploaded",
      data: { version: "0.31", digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      actor: "operator",
    },
    { type: "DefaultTemplatesRemoved", data: { version: "0.31" }, actor: "operator" },
  ]);
});
