import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { append } from "@/lib/audit";
import {
  openCheckpoint,
  parsePath,
  parseVerifierKey,
  verifyConsistency,
  verifyEventProof,
  verifyExport,
} from "@/lib/audit/proofs/contract";
import { withTenant } from "@/lib/database";
import { startMoveWorker } from "@/lib/database/places/move-worker";
import { askMove, untilMoved } from "@/lib/database/places/testing/rows-of";
import { PLATFORM_LOG, recordOnPlatform, type TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { checkpointNow, judgeCheckpoint } from "./checkpoint";
import { exportLog } from "./export-log";
import { signLogs } from "./start-transparency-worker";
import { publishedKeys, readCheckpoint, readEventProof, readGrowthProof, readLogTile } from "./verbs";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-transparency-"));
let database: TestDatabase;
let admin: TenantContext;
beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, PUBLIC_URL: "https://signalbox.example", LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  admin = await database.addTenant("admin");
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

let streams = 0;
function write(ctx: TenantContext, count: number): Promise<number> {
  const events = Array.from({ length: count }, (_, n) => ({ type: "RouteMoved", data: { n } }));
  const author = { tenantId: ctx.tenantId, actor: ctx.actor.id, requestId: "test" };
  return withTenant(ctx.tenantId, (tx) =>
    append(tx, author, { type: "change", id: `${streams++}` }, 0, events, new Date()),
  );
}

test("a checkpoint, a proof and growth are what the window verifies, by keys of the installation", async () => {
  await write(admin, 5);
  const keys = (await publishedKeys(admin.tenantId)).map(parseVerifierKey);
  expect(keys.map(({ type }) => type)).toEqual([1, 6]);
  const first = openCheckpoint(await readCheckpoint(admin), keys);
  expect(first).toMatchObject({ size: 5, signedBy: [{ type: 1 }, { type: 6 }] });
  expect(first.origin).toMatch(new RegExp(`^signalbox\\.example/[0-9a-f]{8}/${admin.tenantId}$`));
  await write(admin, 300);
  const proof = await readEventProof(admin, { position: 305 });
  expect(proof.keys.map(parseVerifierKey)).toEqual(keys);
  const second = verifyEventProof(proof, keys);
  expect(second.size).toBe(305);
  verifyEventProof(await readEventProof(admin, { position: 2, size: 5 }), keys);
  const grown = await readGrowthProof(admin, { from: 5 });
  expect(verifyConsistency(first, second, parsePath(grown.proof))).toBe(true);
  await expect(readEventProof(admin, { position: 306 })).rejects.toMatchObject({ code: "not_found" });
  await expect(readEventProof(admin, { position: 1, size: 7 })).rejects.toMatchObject({ code: "not_found" });
  await expect(readGrowthProof(admin, { from: 306 })).rejects.toMatchObject({ code: "not_found" });
});

test("tiles are served by their paths as far as the log was signed", async () => {
  const at = async (tile: string) => {
    const { bytes, whole } = await readLogTile(admin, { path: tile });
    return [bytes.length / 32, whole];
  };
  expect(await at("0/000")).toEqual([256, true]);
  expect(await at("0/001.p/49")).toEqual([49, false]);
  expect(await at("0/001.p/7")).toEqual([7, false]);
  expect(await at("1/000.p/1")).toEqual([1, false]);
  const bad = [
    "0/001",
    "0/001.p/50",
    "0/002.p/1",
    "0/x000/001",
    "1/000",
    "8/000",
    "64/000",
    "0/1",
    "0/001.p/0",
    "0/001.p/256",
  ];
  for (const tile of [...bad, "00/000", "0/000/", "0/-01", "0/x001/x000", ""]) {
    await expect(at(tile), tile).rejects.toMatchObject({ code: "not_found" });
  }
});

test("private keys lie sealed; other logs of the installation are signed in their own name by the same keys", async () => {
  const rows = await database.asOwner<{ private_key: Buffer; tenant_id: string }>("SELECT * FROM checkpoint_keys");
  expect(rows.map(({ tenant_id }) => tenant_id)).toEqual([PLATFORM_LOG, PLATFORM_LOG]);
  for (const { private_key } of rows) {
    // What PKCS #8 begins with.
    expect(private_key.includes(Buffer.from("302e0201", "hex"))).toBe(false);
    expect(private_key.toString("latin1")).not.toContain("MC4CAQ");
  }
  await recordOnPlatform("Something", {});
  const checkpoint = await checkpointNow(PLATFORM_LOG);
  const keys = (await publishedKeys(PLATFORM_LOG)).map(parseVerifierKey);
  expect(openCheckpoint(checkpoint!.note, keys).origin).toMatch(/\/installation$/);
  const others = (await publishedKeys(admin.tenantId)).map(parseVerifierKey);
  expect(() => openCheckpoint(checkpoint!.note, others)).toThrow(/none of the keys belongs/);
});

test("an export is whole and proves itself offline; a part of it too; that it was taken is in the log", async () => {
  const keys = (await publishedKeys(admin.tenantId)).map(parseVerifierKey);
  const lines = async (filter: Parameters<typeof exportLog>[1]) => {
    let text = "";
    for await (const line of await exportLog(admin, filter)) text += line;
    return text.slice(0, -1).split("\n");
  };
  await database.asOwner("UPDATE events SET bytes = NULL, data = '{}' WHERE position = 2 AND tenant_id = $1", [
    admin.tenantId,
  ]);
  const whole = await verifyExport(await lines({}), { keys });
  expect(whole).toMatchObject({ complete: true, events: 306, archived: [2], problems: [] });
  const earlier = await readCheckpoint(admin);
  const part = await lines({ noun: "audit-export", since: 306 });
  expect(part).toHaveLength(3);
  expect(JSON.parse(part[1]!).event).toMatchObject({ type: "AuditExported", actor: admin.actor.id });
  expect(await verifyExport(part, { keys, earlier })).toMatchObject({
    complete: false,
    events: 2,
    grewFrom: 306,
    problems: [],
  });
  expect(await verifyExport(await lines({ after: 5, until: 7 }), { keys })).toMatchObject({ events: 2, problems: [] });
  await expect(exportLog({ ...admin, role: "editor" }, {})).rejects.toMatchObject({ code: "forbidden" });
});

test("the worker signs what went on, also beside a log that it cannot sign", async () => {
  const broken = await database.addTenant("admin");
  await write(broken, 4);
  await signLogs();
  await database.asOwner("DELETE FROM events WHERE position > 2 AND tenant_id = $1", [broken.tenantId]);
  await database.asOwner("UPDATE event_heads SET position = 2 WHERE tenant_id = $1", [broken.tenantId]);
  await expect(readCheckpoint(broken)).rejects.toMatchObject({ code: "log_inconsistent" });
  await database.asOwner("DELETE FROM events WHERE tenant_id = $1", [broken.tenantId]);
  await database.asOwner("DELETE FROM event_heads WHERE tenant_id = $1", [broken.tenantId]);
  await write(broken, 6);
  await write(admin, 1);
  await expect(signLogs()).rejects.toMatchObject({ code: "log_inconsistent" });
  const [row] = await database.asOwner<{ size: string }>(
    "SELECT max(size) AS size FROM checkpoints WHERE tenant_id = $1",
    [admin.tenantId],
  );
  expect(Number(row?.size)).toBe(310);
});

test("a stored checkpoint is what a key of the installation signed, or is told", async () => {
  const other = await database.addTenant("admin");
  expect(await judgeCheckpoint(other.tenantId)).toBeUndefined();
  await write(other, 3);
  await checkpointNow(other.tenantId);
  expect(await judgeCheckpoint(other.tenantId)).toEqual({ size: 3 });
  await database.asOwner("UPDATE checkpoints SET root = sha256('x') WHERE tenant_id = $1", [other.tenantId]);
  expect(await judgeCheckpoint(other.tenantId)).toEqual({ size: 3, problem: "it is not what was signed" });
  await database.asOwner("UPDATE checkpoints SET note = replace(note, E'\\n3\\n', E'\\n4\\n') WHERE tenant_id = $1", [
    other.tenantId,
  ]);
  expect((await judgeCheckpoint(other.tenantId))?.problem).toMatch(/The signature of .* is wrong/);
});

test("a tenant that moved is signed on, in one log", async () => {
  const moved = await database.addTenant("admin");
  await write(moved, 300);
  const first = openCheckpoint(
    await readCheckpoint(moved),
    (await publishedKeys(moved.tenantId)).map(parseVerifierKey),
  );
  const worker = startMoveWorker({
    ...{ ownerUrl: database.ownerUrl, migrations: path.join(process.cwd(), "prisma/migrations") },
    ...{ graceMs: 0, pollMs: 20, onError: () => undefined },
  });
  try {
    for (const level of ["schema", "database"]) {
      await untilMoved(database, await askMove(database, moved.tenantId, level));
      await write(moved, 5);
      // Other logs of this file cannot be signed.
      await signLogs().catch(() => undefined);
      const proof = await readGrowthProof(moved, { from: first.size });
      const keys = proof.keys.map(parseVerifierKey);
      expect(verifyConsistency(first, openCheckpoint(proof.checkpoint, keys), parsePath(proof.proof))).toBe(true);
      expect(proof.to).toBe(level === "schema" ? 305 : 310);
    }
  } finally {
    await worker.stop();
  }
});

test("refuses another tenant, and an editor", async () => {
  const editor: TenantContext = { ...admin, role: "editor" };
  for (const ask of [readCheckpoint, (ctx: TenantContext) => readEventProof(ctx, { position: 1 })]) {
    await expect(ask(editor)).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(readLogTile(editor, { path: "0/000" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(readGrowthProof(editor, { from: 1 })).rejects.toMatchObject({ code: "forbidden" });
  const other = await database.addTenant("admin");
  await expect(readCheckpoint(other)).rejects.toMatchObject({ code: "not_found" });
  await expect(readLogTile(other, { path: "0/000" })).rejects.toMatchObject({ code: "not_found" });
});
