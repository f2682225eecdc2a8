import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { createTarget, deleteTarget, injectMatchers, listAllTargets, openTargets } from ".";

const OPERATOR = { id: "operator", requestId: "test" };
let database: TestDatabase;
let root: string;
const tenantId = randomUUID();
beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-targets-"));
  Object.assign(process.env, {
    NODE_ENV: "test",
    TARGET_ROOTS: root,
    OUTBOUND_ALLOW: "targets=127.0.0.1",
    DATA_DIR: path.join(root, "data"),
  });
  await database.asOwner("INSERT INTO tenants (id, slug, name) VALUES ($1, 'mine', 'Mine')", [tenantId]);
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});

const replica = (name: string, more: object = {}) => ({
  configPath: path.join(root, `${name}.yml`),
  url: "http://127.0.0.1:1",
  ...more,
});

describe("createTarget", () => {
  it("seals credentials and opens them again", async () => {
    const { id } = await createTarget(OPERATOR, {
      kind: "alertmanager",
      tenantId,
      name: "sealed",
      replicas: [
        replica("a", { auth: { type: "basic", username: "u", password: "hunter2-basic" }, routePrefix: "/am/" }),
        replica("b", { auth: { type: "bearer", token: "hunter2-bearer" } }),
        replica("b"),
      ],
    });
    const [target] = await openTargets(tenantId);
    expect(target?.replicas.map(({ auth, routePrefix }) => ({ auth, routePrefix }))).toEqual([
      { auth: { type: "basic", username: "u", password: "hunter2-basic" }, routePrefix: "/am" },
      { auth: { type: "bearer", token: "hunter2-bearer" }, routePrefix: "" },
      { auth: { type: "none" }, routePrefix: "" },
    ]);
    expect(target?.places).toHaveLength(2);
    const everything = await database.asOwner(
      "SELECT (SELECT string_agg(to_jsonb(r)::text, '') FROM target_replicas r) || (SELECT string_agg(data::text, '') FROM events) AS text",
    );
    expect(JSON.stringify(everything)).not.toContain("hunter2");
    expect(JSON.stringify(await listAllTargets())).not.toContain("hunter2");
    await deleteTarget(OPERATOR, id);
    expect(await openTargets(tenantId)).toEqual([]);
  });

  it("refuses an address that would never be called", async () => {
    const refused = { kind: "alertmanager", tenantId, name: "x" } as const;
    for (const url of ["http://169.254.169.254", "http://10.1.2.3:9093"])
      await expect(createTarget(OPERATOR, { ...refused, replicas: [replica("c", { url })] })).rejects.toMatchObject({
        code: "outbound_refused",
      });
  });

  it("refuses a mode that would let others read", async () => {
    const open = {
      kind: "file",
      tenantId,
      name: "x",
      path: path.join(root, "d.yml"),
      version: "0.25",
      mode: "0644",
    } as const;
    await expect(createTarget(OPERATOR, open)).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("injected matchers", () => {
  const input = (name: string, injectedMatchers: string[]) => ({
    ...{ kind: "file" as const, tenantId, name, path: path.join(root, `${name}.yml`), version: "0.25" },
    injectedMatchers,
  });

  it("are part of what the target is judged by, and may change", async () => {
    const { id, injectedMatchers } = await createTarget(OPERATOR, input("composed", ["namespace = shop", "env!=dev"]));
    expect(injectedMatchers).toEqual(['namespace="shop"', 'env!="dev"']);
    const profileNow = async () => (await openTargets(tenantId)).find((target) => target.id === id)?.profile.id;
    expect(await profileNow()).toBe('alertmanager@0.25{namespace="shop",env!="dev"}');

    await injectMatchers(OPERATOR, id, { injectedMatchers: ['namespace="market"'] });
    expect(await profileNow()).toBe('alertmanager@0.25{namespace="market"}');
    await injectMatchers(OPERATOR, id, { injectedMatchers: ["namespace=market"] });
    await injectMatchers(OPERATOR, id, { injectedMatchers: [] });
    expect(await profileNow()).toBe("alertmanager@0.25");
    expect((await listAllTargets()).find((target) => target.id === id)?.injectedMatchers).toEqual([]);
    const told = await database.asOwner(
      "SELECT type, data ->> 'injectedMatchers' AS matchers FROM events WHERE stream_id = $1 ORDER BY position",
      [id],
    );
    // What changes nothing is no event.
    expect(told).toEqual([
      { type: "TargetAdded", matchers: '["namespace=\\"shop\\"", "env!=\\"dev\\""]' },
      { type: "TargetMatchersInjected", matchers: '["namespace=\\"market\\""]' },
      { type: "TargetMatchersInjected", matchers: "[]" },
    ]);
    await deleteTarget(OPERATOR, id);
  });

  it("are refused when the target's version cannot read them", async () => {
    for (const bad of ["namespace", "a=~(", '"a.b"=c']) {
      await expect(createTarget(OPERATOR, input("bad", [bad])), bad).rejects.toMatchObject({ code: "invalid_input" });
    }
    expect(await openTargets(tenantId)).toEqual([]);
  });
});

it("leaves the app's role without a tenant blind", async () => {
  await createTarget(OPERATOR, {
    kind: "file",
    tenantId,
    name: "wall",
    path: path.join(root, "e.yml"),
    version: "0.25",
  });
  for (const table of ["targets", "target_places", "target_replicas", "publications", "publication_steps"])
    expect(await database.asApp(`SELECT * FROM ${table}`), table).toEqual([]);
  await expect(
    database.asApp("INSERT INTO target_places (id, tenant_id, target_id, path) VALUES ($1, $2, $1, '/x')", [
      randomUUID(),
      tenantId,
    ]),
  ).rejects.toThrow(/row-level security/);
});
