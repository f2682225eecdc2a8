import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { type MoveWorker, startMoveWorker } from "@/lib/database/places/move-worker";
import { DATA_TABLES } from "@/lib/database/places/tables";
import { readHealth } from "@/lib/operations";
import { bundleChild } from "@/lib/publishing/testing/bundle-child";
import { createTarget, deleteTarget, listAllTargets } from "@/lib/targets";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { systemContext, type TenantContext } from "../context";
import { repairDirectory } from "../directory-projection";
import { inviteMember, listMembers } from "../members";
import { ISOLATION_LEVELS } from "../tiers/contract";
import { editTenant, resumeTenant } from "../tiers/tenant-life";
import { createApiToken, listApiTokens } from "../tokens/api-tokens";
import { readIsolation, requestMove } from "./move-tenant";

const folder = mkdtempSync(path.join(tmpdir(), "isolation-verbs-"));
const before = { ...process.env };
const operator = { personId: randomUUID(), isOperator: true, requestId: "test" };
const by = { id: operator.personId, requestId: "test" };
let database: TestDatabase;
let worker: MoveWorker;
beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, TARGET_ROOTS: folder, OUTBOUND_ALLOW: "targets=127.0.0.1" });
  database = await startTestDatabase();
  const migrations = path.join(process.cwd(), "prisma/migrations");
  worker = startMoveWorker({ ownerUrl: database.ownerUrl, migrations, graceMs: 0, pollMs: 20 });
});
afterAll(async () => {
  await worker.stop();
  await database.stop();
  for (const name of ["DATA_DIR", "TARGET_ROOTS", "OUTBOUND_ALLOW"])
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  rmSync(folder, { recursive: true, force: true });
});

async function move({ tenantId }: TenantContext, level: string, end = /switched|done/): Promise<string | null> {
  await requestMove(operator, { tenantId, level });
  await expect
    .poll(async () => (await readIsolation(operator, { tenantId })).moves[0]?.state, { timeout: 60_000 })
    .toMatch(end);
  return (await readIsolation(operator, { tenantId })).moves[0]?.error ?? null;
}

const replica = (port: number) => ({
  url: `http://127.0.0.1:${port}/am`,
  configPath: path.join(folder, `am-${port}-${randomUUID().slice(0, 8)}.yml`),
  auth: { type: "none" as const },
});
const addTarget = ({ tenantId }: TenantContext, port: number) =>
  createTarget(by, { kind: "alertmanager", tenantId, name: `AM ${port}`, replicas: [replica(port)] });

describe("moving a tenant", () => {
  it("is for operators, once at a time, and to another level", async () => {
    const ctx = await database.addTenant("admin");
    const { tenantId } = ctx;
    const refused = { ...operator, isOperator: false };
    await expect(requestMove(refused, { tenantId, level: "schema" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(readIsolation(refused, { tenantId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(requestMove(operator, { tenantId, level: "shared" })).rejects.toMatchObject({ code: "conflict" });
    await expect(requestMove(operator, { tenantId, level: "moon" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(requestMove(operator, { tenantId: randomUUID(), level: "schema" })).rejects.toMatchObject({
      code: "not_found",
    });
    const both = await Promise.allSettled([1, 2].map(() => requestMove(operator, { tenantId, level: "schema" })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect
      .poll(async () => (await readIsolation(operator, { tenantId })).level, { timeout: 30_000 })
      .toBe("schema");
    // What looks across tenants sees it there too.
    const failed = {
      ...{ id: randomUUID(), tenantId, revision: 1, comment: "" },
      overwriteDrift: false,
      overwriteAt: [],
    };
    const error = { code: "internal", message: "as it said" };
    await withTenant(tenantId, (tx) =>
      tx.publication.create({
        data: { ...failed, status: "failed", error, requestedBy: "x", finishedAt: new Date() },
      }),
    );
    expect((await readHealth()).failures).toMatchObject([{ tenantId, status: "failed", detail: "as it said" }]);
  });

  it("to targets of its own is refused while another tenant uses one, and then nobody else gets them", async () => {
    const [own, other] = [await database.addTenant("admin"), await database.addTenant("admin")];
    await addTarget(own, 9101);
    const shared = await addTarget(other, 9101);
    const level = "dedicated-cluster";
    await expect(requestMove(operator, { tenantId: own.tenantId, level })).rejects.toMatchObject({
      code: "conflict",
      details: { taken: "127.0.0.1:9101" },
    });
    await deleteTarget(by, shared.id);
    expect(await move(own, level)).toBeNull();
    await expect(addTarget(other, 9101)).rejects.toMatchObject({
      code: "conflict",
      details: { taken: "127.0.0.1:9101" },
    });
    await addTarget(other, 9102);
    await expect(addTarget(own, 9102)).rejects.toMatchObject({ code: "conflict" });
    const file = { kind: "file" as const, name: "File", version: "0.34", path: path.join(folder, "one.yml") };
    await createTarget(by, { ...file, tenantId: own.tenantId });
    await expect(createTarget(by, { ...file, tenantId: other.tenantId })).rejects.toMatchObject({ code: "conflict" });
    const listed = (await listAllTargets()).map(
      ({ tenantId, name }) => `${tenantId === own.tenantId ? "own" : "other"} ${name}`,
    );
    expect(listed).toEqual(["own AM 9101", "other AM 9102", "own File"]);
  });

  it("a target that came in between lets the move fail, and the tenant stays where it is", async () => {
    const [own, other] = [await database.addTenant("admin"), await database.addTenant("admin")];
    await addTarget(own, 9103);
    await worker.stop();
    await requestMove(operator, { tenantId: own.tenantId, level: "dedicated-cluster" });
    await addTarget(other, 9103);
    const migrations = path.join(process.cwd(), "prisma/migrations");
    worker = startMoveWorker({ ownerUrl: database.ownerUrl, migrations, graceMs: 0, pollMs: 20 });
    await expect
      .poll(async () => (await readIsolation(operator, { tenantId: own.tenantId })).moves[0]?.state, {
        timeout: 60_000,
      })
      .toBe("failed");
    const { level, moves } = await readIsolation(operator, { tenantId: own.tenantId });
    expect([level, moves[0]?.error]).toEqual(["shared", "Another tenant publishes to 127.0.0.1:9103 too."]);
    expect(
      await database.asOwner("SELECT datname FROM pg_database WHERE datname LIKE '%' || $1 || '%'", [
        own.tenantId.replaceAll("-", ""),
      ]),
    ).toEqual([]);
    expect(await withTenant(own.tenantId, (tx) => tx.target.count())).toBe(1);
  });
});

describe("kill -9 between the log and the directory", () => {
  let bundle: Awaited<ReturnType<typeof bundleChild>>;
  beforeAll(async () => {
    bundle = await bundleChild(fileURLToPath(new URL("./testing/killed-child.ts", import.meta.url)));
  });
  afterAll(() => rmSync(bundle.folder, { recursive: true }));
  const killedAt = (tenantId: string, act: string) =>
    spawnSync(process.execPath, [bundle.file, tenantId, act], {
      env: { ...process.env, NODE_ENV: "test", SIGNALBOX_FAILPOINT: "directory.commit" },
    }).signal;

  it("rows that no event holds were never there, and what was asked for can be asked for again", async () => {
    const ctx = await database.addTenant("admin");
    const { tenantId } = ctx;
    expect(await move(ctx, "database")).toBeNull();
    for (const act of ["invite", "token"]) expect([act, killedAt(tenantId, act)]).toEqual([act, "SIGKILL"]);
    expect((await withTenant(tenantId, (tx) => readLog(tx, tenantId, { limit: 5 }))).map(({ type }) => type)).toEqual(
      expect.arrayContaining(["MemberAdded", "ApiTokenCreated"]),
    );
    const rows = () =>
      database.asOwner(
        "SELECT 1 FROM memberships WHERE tenant_id = $1 UNION ALL SELECT 1 FROM api_tokens WHERE tenant_id = $1",
        [tenantId],
      );
    expect(await rows()).toEqual([]);
    // Streams, not rows: the member of whom there is no person stays away, and keeps nothing else from being followed.
    expect(await repairDirectory()).toBe(2);
    expect(await repairDirectory()).toBe(0);
    expect(await rows()).toEqual([]);
    const system = await systemContext(tenantId);
    const { member } = await inviteMember(system, { email: "new@a.example", name: "New", role: "editor" });
    const service = { name: "Lost", scopes: ["configuration:view"], days: 1, service: true } as const;
    const { token } = await createApiToken(system, { ...service, scopes: [...service.scopes] });
    expect((await listMembers(system, undefined)).map(({ id }) => id)).toEqual([member.id]);
    expect((await listApiTokens(system, undefined)).tokens.map(({ id }) => id)).toEqual([token.id]);
  });

  it("leaves what the log says, and the directory follows it", async () => {
    const ctx = await database.addTenant("admin");
    const { tenantId } = ctx;
    expect(await move(ctx, "database")).toBeNull();
    const child = () => killedAt(tenantId, "suspend");
    const facts = async () => {
      const [row] = await database.asOwner<{ state: string }>("SELECT state FROM tenants WHERE id = $1", [tenantId]);
      const log = await withTenant(tenantId, (tx) => readLog(tx, tenantId, { limit: 5 }));
      return [row?.state, log[0]?.type];
    };
    expect(child()).toBe("SIGKILL");
    expect(await facts()).toEqual(["active", "TenantSuspended"]);
    expect(await repairDirectory()).toBe(1);
    expect(await facts()).toEqual(["suspended", "TenantSuspended"]);
    expect(await repairDirectory()).toBe(0);
    // And by the next command, where that comes first.
    await resumeTenant(operator, { tenantId });
    expect(child()).toBe("SIGKILL");
    expect(await facts()).toEqual(["active", "TenantSuspended"]);
    await editTenant(operator, { tenantId, tier: "enterprise", overrides: { quotas: {}, features: {} } });
    expect(await facts()).toEqual(["suspended", "TenantTierChanged"]);
  });
});

describe("the wall, asked in SQL as the app's role", () => {
  it("no table shows a row of another tenant, at any level", async () => {
    const tenants = await Promise.all(ISOLATION_LEVELS.map(() => database.addTenant("admin")));
    for (const [index, ctx] of tenants.entries()) {
      await addTarget(ctx, 9200 + index);
      if (index > 0) expect(await move(ctx, ISOLATION_LEVELS[index] ?? "shared")).toBeNull();
    }
    for (const ctx of tenants) {
      const { own, seen } = await withTenant(ctx.tenantId, async (tx) => {
        const [place] = await tx.$queryRaw<{ database: string; path: string }[]>`
          SELECT current_database()::text AS database, current_setting('search_path') AS path`;
        return { own: await tx.event.count(), seen: place };
      });
      expect(own).toBeGreaterThan(0);
      expect(await foreignRows(seen?.database ?? "", ctx.tenantId)).toEqual([]);
    }
  });
});

/** In every schema of the database with every search path, with and without a tenant set. */
async function foreignRows(name: string, tenantId: string): Promise<string[]> {
  const url = new URL(database.appUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
       WHERE c.relkind IN ('r', 'p') AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')`,
    );
    expect(tables.rows.length).toBeGreaterThanOrEqual(DATA_TABLES.length);
    const foreign: string[] = [];
    for (const as of ["", tenantId]) {
      await client.query("SELECT set_config('app.tenant_id', $1, false)", [as]);
      for (const table of tables.rows) {
        const { rows } = await client.query(`SELECT FROM ${table.name} WHERE tenant_id::text <> $1 LIMIT 1`, [as]);
        if (rows.length > 0) foreign.push(`${table.name} as ${as || "nobody"}`);
      }
    }
    return foreign;
  } finally {
    await client.end();
  }
}
