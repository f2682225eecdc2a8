import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ALERTMANAGER_BINARY, type RunningAlertmanager, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { createTarget, listTargets, targetProfileFor, targetProfilesFor } from ".";

const OPERATOR = { id: "operator", requestId: "test" };
const START = "route: {receiver: a}\nreceivers: [{name: a}]\n";
let database: TestDatabase;
let root: string;
let ctx: TenantContext;
beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-version-"));
  Object.assign(process.env, {
    NODE_ENV: "test",
    TARGET_ROOTS: root,
    OUTBOUND_ALLOW: "targets=127.0.0.1",
    DATA_DIR: path.join(root, "data"),
  });
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("viewer");
});

describe.skipIf(!ALERTMANAGER_BINARY)("a real Alertmanager of 0.25", () => {
  let running: RunningAlertmanager;
  let newer: Server;
  beforeEach(async () => {
    const folder = path.join(root, ctx.tenantSlug);
    await mkdir(folder);
    running = await startAlertmanager(START, folder);
    newer = createServer((_request, response) => response.end('{"versionInfo":{"version":"0.34.1"}}')).listen(0);
  });
  afterEach(async () => {
    newer.close();
    await running.stop();
  });
  const add = (version: string | undefined, urls: readonly string[] = [running.url]) =>
    createTarget(OPERATOR, {
      kind: "alertmanager",
      tenantId: ctx.tenantId,
      name: "production",
      replicas: urls.map((url) => ({ url, configPath: running.configPath })),
      ...(version ? { version } : {}),
    });

  it("is checked as what it runs, and the version that was declared is told apart", async () => {
    await add("0.34");
    const [target] = await listTargets(ctx);
    expect(target).toMatchObject({
      profile: "alertmanager@0.25",
      versionSource: "observed",
      versionGaps: [{ reason: "declared", runs: target?.version, checkedAs: "0.25", other: "0.34" }],
      replicas: [{ version: target?.version }],
    });
    expect(target?.version).toMatch(/^0\.25\.\d+/);
    expect((await targetProfileFor(ctx)).id).toBe("alertmanager@0.25");
  });

  it.each(["0.25", undefined])("has no gap when %s was declared", async (version) => {
    await add(version);
    const [target] = await listTargets(ctx);
    expect(target?.profile).toBe("alertmanager@0.25");
    expect(target?.versionGaps).toBeUndefined();
  });

  it("is named beside a replica that runs another version", async () => {
    const { port } = newer.address() as AddressInfo;
    await add(undefined, [running.url, `http://127.0.0.1:${port}`]);
    const [target] = await listTargets(ctx);
    expect(target?.replicas.map(({ version }) => version)).toEqual([target?.version, "0.34.1"]);
    expect(target?.versionGaps).toMatchObject([{ reason: "replicas", checkedAs: "0.25", other: "0.34.1" }]);
  });

  it("judges together with the tenant's other targets, the oldest first", async () => {
    const file = { kind: "file", tenantId: ctx.tenantId, version: "0.34" } as const;
    const place = (name: string) => ({ ...file, name, path: path.join(root, ctx.tenantSlug, `${name}.yml`) });
    expect((await targetProfilesFor(ctx)).map(({ id }) => id)).toEqual(["alertmanager@0.34"]);
    await createTarget(OPERATOR, place("one"));
    await createTarget(OPERATOR, place("two"));
    await add(undefined);
    expect((await targetProfilesFor(ctx)).map(({ id }) => id)).toEqual(["alertmanager@0.25", "alertmanager@0.34"]);
  });

  it("is assumed to be the newest until it has answered once", async () => {
    await running.stop();
    await add(undefined);
    expect(await listTargets(ctx)).toMatchObject([
      { profile: "alertmanager@0.34", version: null, versionGaps: [{ reason: "unknown", checkedAs: "0.34" }] },
    ]);
  });
});
