import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Expectation } from "@/lib/alertmanager";
import { readLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import {
  addExpectation,
  createRevision,
  deleteExpectation,
  importConfiguration,
  importExpectations,
  listExpectations,
  saveExpectation,
} from "./index";

let database: TestDatabase;
const folder = mkdtempSync(path.join(tmpdir(), "expectations-"));
const before = process.env.DATA_DIR;

beforeAll(async () => {
  process.env.DATA_DIR = folder;
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.stop();
  if (before === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = before;
  rmSync(folder, { recursive: true, force: true });
});

let ctx: TenantContext;
beforeEach(async () => {
  ctx = await database.addTenant("admin");
});

const expectation: Expectation = {
  name: "critical database alerts wake somebody",
  labels: { team: "db", severity: "critical", alertname: "Down" },
  receivers: ["pager"],
};
const yaml = (receiver: string) => `
route:
  receiver: chat
  routes: [{matchers: [team=db], receiver: ${receiver}}]
receivers:
  - {name: chat, webhook_configs: [{url: "http://chat.example/hook"}]}
  - {name: pager, webhook_configs: [{url: "http://pager.example/hook"}]}
`;

it("are added, replaced and deleted, and the log tells it", async () => {
  const { savedAt, ...saved } = await addExpectation(ctx, expectation);
  expect(saved).toEqual({ id: expect.any(String), version: 1, expectation, savedBy: ctx.actor.id });
  expect(Date.parse(savedAt)).not.toBeNaN();
  await expect(addExpectation(ctx, expectation)).rejects.toMatchObject({ code: "conflict" });
  await expect(addExpectation(ctx, { ...expectation, receivers: [] })).rejects.toMatchObject({ code: "invalid_input" });

  const { id } = saved;
  const other = { ...expectation, name: "another", receivers: ["chat"] };
  expect(await saveExpectation(ctx, { id, version: 1, expectation: other })).toMatchObject({
    ...{ version: 2, expectation: other },
  });
  // The same again is no event; who saw less may not write.
  expect(await saveExpectation(ctx, { id, version: 2, expectation: other })).toMatchObject({ version: 2 });
  await expect(saveExpectation(ctx, { id, version: 1, expectation })).rejects.toMatchObject({ code: "stale_version" });
  const [listed] = await listExpectations(ctx, {});
  // As it was written, the labels in their order too.
  expect(JSON.stringify(listed?.expectation)).toBe(JSON.stringify(other));

  await deleteExpectation(ctx, { id });
  expect(await listExpectations(ctx, {})).toEqual([]);
  await expect(deleteExpectation(ctx, { id })).rejects.toMatchObject({ code: "not_found" });
  const events = await withTenant(ctx.tenantId, (tx) => readLog(tx, ctx.tenantId, { limit: 10 }));
  expect(events.map(({ type, data }) => [type, Object(data).name])).toEqual([
    ["ExpectationDeleted", "another"],
    ["ExpectationSaved", "another"],
    ["ExpectationSaved", expectation.name],
  ]);
});

it("are imported by name", async () => {
  const kept = await addExpectation(ctx, { ...expectation, name: "kept" });
  await addExpectation(ctx, expectation);
  const text = `expectations:
  - {name: ${expectation.name}, labels: {team: db}, reaches: [pager]}
  - {name: new, labels: {team: web}, not: [pager]}
`;
  expect(await importExpectations(ctx, { yaml: text })).toEqual({ added: 1, replaced: 1 });
  expect(await importExpectations(ctx, { yaml: text })).toEqual({ added: 0, replaced: 0 });
  expect((await listExpectations(ctx, {})).map(({ expectation: one }) => one)).toEqual([
    { name: expectation.name, labels: { team: "db" }, reaches: ["pager"] },
    kept.expectation,
    { name: "new", labels: { team: "web" }, not: ["pager"] },
  ]);
  await expect(importExpectations(ctx, { yaml: "expectations: [{name: x}]" })).rejects.toMatchObject({
    code: "invalid_input",
    details: { problem: { code: "wrong", line: 1 } },
  });
});

it("keep a change from being frozen, until it is as expected", async () => {
  await addExpectation(ctx, expectation);
  const wrong = await importConfiguration(ctx, { yaml: yaml("chat") });
  await expect(createRevision(ctx, { changeId: wrong.change.id })).rejects.toMatchObject({
    code: "has_error_diagnostics",
    message: expect.stringContaining(JSON.stringify(expectation.name)),
    details: {
      diagnostics: [],
      expectations: [
        {
          name: expectation.name,
          receivers: ["chat"],
          reason: { code: "differs", params: { missing: "pager", unexpected: "chat" } },
        },
      ],
    },
  });
  const right = await importConfiguration(ctx, { yaml: yaml("pager") });
  expect(await createRevision(ctx, { changeId: right.change.id })).toMatchObject({ revision: 1 });
});

it("are another tenant's business, and not a viewer's to change", async () => {
  const { id } = await addExpectation(ctx, expectation);
  const stranger = await database.addTenant("admin");
  const replace = { id, version: 1, expectation };
  expect(await listExpectations(stranger, {})).toEqual([]);
  await expect(saveExpectation(stranger, replace)).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteExpectation(stranger, { id })).rejects.toMatchObject({ code: "not_found" });
  // Nor does it keep others from their own names.
  expect(await addExpectation(stranger, expectation)).toMatchObject({ version: 1 });

  const viewer = { ...ctx, role: "viewer" as const };
  expect(await listExpectations(viewer, {})).toHaveLength(1);
  for (const verb of [
    () => addExpectation(viewer, expectation),
    () => saveExpectation(viewer, replace),
    () => deleteExpectation(viewer, { id }),
    () => importExpectations(viewer, { yaml: "expectations: []" }),
  ]) {
    await expect(verb()).rejects.toMatchObject({ code: "forbidden" });
  }
  expect(await saveExpectation({ ...ctx, role: "editor" }, replace)).toMatchObject({ id });
});
