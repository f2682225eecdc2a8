import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTarget } from "@/lib/targets";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { createRevision, importConfiguration, recordOutcome, requireLive, tenantSummary } from "./index";

/** 0.34 takes the proxy over from `global` for this kind of receiver, and crashes; 0.33 did not look there. */
const ONLY_OLD = `
global: {http_config: null}
route: {receiver: a}
receivers:
  - name: a
    msteamsv2_configs: [{webhook_url: 'http://h.example/', http_config: {follow_redirects: false}}]
`;

let database: TestDatabase;
let root: string;
let ctx: TenantContext;
beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(tmpdir(), "signalbox-several-"));
  Object.assign(process.env, { NODE_ENV: "test", TARGET_ROOTS: root, DATA_DIR: path.join(root, "data") });
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
});

const add = (version: string) =>
  createTarget(
    { id: "operator", requestId: "test" },
    { kind: "file", tenantId: ctx.tenantId, name: version, version, path: path.join(root, `${randomUUID()}.yml`) },
  );

describe("a tenant with several targets", () => {
  it("has the problems of each of them", async () => {
    await add("0.33");
    await importConfiguration(ctx, { yaml: ONLY_OLD, templates: [] });
    expect((await tenantSummary(ctx)).problems.errors).toBe(0);
    await add("0.34");
    expect((await tenantSummary(ctx)).problems.errors).toBe(1);
  });

  it("freezes nothing that one of them would die of, however old the others are", async () => {
    await add("0.33");
    await add("0.34");
    const { change } = await importConfiguration(ctx, { yaml: ONLY_OLD, templates: [] });
    await expect(createRevision(ctx, { changeId: change.id })).rejects.toMatchObject({
      code: "has_error_diagnostics",
      details: { profile: "alertmanager@0.34" },
    });
  });

  it("cannot publish again what a target that was added since would refuse", async () => {
    await add("0.33");
    const { change } = await importConfiguration(ctx, { yaml: ONLY_OLD, templates: [] });
    const { revision } = await createRevision(ctx, { changeId: change.id });
    await recordOutcome(ctx, { id: change.id, revision, published: true });
    await requireLive(ctx, { number: revision });
    await add("0.34");
    await expect(requireLive(ctx, { number: revision })).rejects.toMatchObject({
      code: "has_error_diagnostics",
      details: { profile: "alertmanager@0.34" },
    });
  });
});
