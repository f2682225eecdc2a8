import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { append, readLog } from "@/lib/audit";
import {
  openCheckpoint,
  openRenewal,
  parseKnownKey,
  renewedKeys,
  verifyEventProof,
  verifyExport,
} from "@/lib/audit/proofs/contract";
import { withTenant } from "@/lib/database";
import { PLATFORM_LOG, type TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { checkpointNow, judgeCheckpoint } from "./checkpoint";
import { exportLines } from "./export-log";
import { forgetKeys } from "./keys";
import { listSigningKeys, renewKeys, retireKeys } from "./renew-keys";
import { publishedKeys, readCheckpoint, readEventProof, readRenewals } from "./verbs";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-renewal-"));
const operator = { personId: "11111111-1111-4111-8111-111111111111", isOperator: true, requestId: "test" };
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
async function write(ctx: TenantContext, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, n) => ({ type: "RouteMoved", data: { n } }));
  const author = { tenantId: ctx.tenantId, actor: ctx.actor.id, requestId: "test" };
  await withTenant(ctx.tenantId, (tx) =>
    append(tx, author, { type: "change", id: `${streams++}` }, 0, events, new Date()),
  );
}
const keysOf = async (ctx: TenantContext) => (await publishedKeys(ctx.tenantId)).map(parseKnownKey);
async function exported(ctx: TenantContext): Promise<string[]> {
  let text = "";
  for await (const line of await exportLines(ctx.tenantId, {})) text += line;
  return text.slice(0, -1).split("\n");
}
const hourPassed = () => database.asOwner("UPDATE checkpoint_keys SET made_at = made_at - interval '2 hours'");
const platformEvents = async () =>
  (await withTenant(PLATFORM_LOG, (tx) => readLog(tx, PLATFORM_LOG, { limit: 500 }))).map(({ type }) => type).reverse();

test("keys are renewed: every log is handed over, and whoever knows the old ones follows", async () => {
  await write(admin, 5);
  const young = await database.addTenant("admin");
  const kept = await readCheckpoint(admin);
  const old = await keysOf(admin);
  await expect(renewKeys({ ...operator, isOperator: false })).rejects.toMatchObject({ code: "forbidden" });
  const renewed = await renewKeys(operator);
  expect(renewed).toMatchObject({ made: true, logs: 3, left: [] });
  expect(renewed.pairs.map(({ signs }) => signs)).toEqual([true, true]);
  expect(await platformEvents()).toEqual(["CheckpointKeysMade", "CheckpointKeysMade"]);

  const { renewals } = await readRenewals(admin, {});
  expect(renewals).toMatchObject([{ size: 5 }]);
  const [{ keys, statement }] = renewals as [(typeof renewals)[0]];
  const known = renewedKeys(old, openRenewal({ keys, statement }, old));
  const sorted = (list: typeof known) => list.map((key) => [key.id, key.until]).sort();
  expect(sorted(await keysOf(admin))).toEqual(sorted(known));
  const now = openCheckpoint(await readCheckpoint(admin), known);
  expect(now.size).toBe(6);
  expect(now.signedBy.every(({ id }) => !old.some((key) => key.id === id))).toBe(true);
  expect(() => openCheckpoint((now as { text: string }).text, old)).toThrow();
  expect(await judgeCheckpoint(admin.tenantId)).toEqual({ size: 6 });

  await write(admin, 300);
  const lines = await exported(admin);
  expect(await verifyExport(lines, { keys: old, earlier: kept })).toMatchObject({
    ...{ problems: [], renewedAt: [5], grewFrom: 5, complete: true, events: 306 },
  });
  const without = JSON.stringify({ ...JSON.parse(lines[0]!), renewals: undefined });
  expect((await verifyExport([without, ...lines.slice(1)], { keys: old })).problems[0]).toMatchObject({
    code: "unknown_signer",
  });
  // A browser is given all keys, and proves what is old and what is new.
  for (const size of [undefined, 5]) {
    const proof = await readEventProof(admin, { position: 3, ...(size ? { size } : {}) });
    expect(verifyEventProof(proof, proof.keys.map(parseKnownKey)).size).toBe(size ?? 306);
  }
  // A log that began later was never signed by the old ones.
  await write(young, 1);
  await checkpointNow(young.tenantId);
  expect((await keysOf(young)).map(({ until }) => until)).toEqual([undefined, undefined]);
  expect((await readRenewals(young, {})).renewals).toEqual([]);
});

test("asked again within the hour it makes no others, and takes along what was left", async () => {
  const left = await database.addTenant("admin");
  await hourPassed();
  await write(left, 4);
  await checkpointNow(left.tenantId);
  await database.asOwner("UPDATE events SET leaf_hash = sha256('x') WHERE tenant_id = $1 AND position = 2", [
    left.tenantId,
  ]);
  await write(left, 1);
  const first = await renewKeys(operator);
  expect(first).toMatchObject({ made: true, left: [{ tenantId: left.tenantId, code: "log_inconsistent" }] });
  await database.asOwner(
    "UPDATE events SET leaf_hash = sha256('\\x00'::bytea || bytes) WHERE tenant_id = $1 AND position = 2",
    [left.tenantId],
  );
  const second = await renewKeys(operator);
  expect(second).toMatchObject({ made: false, left: [], logs: first.logs + 1 });
  expect(second.pairs).toEqual(first.pairs);
  expect((await readRenewals(left, {})).renewals).toMatchObject([{ size: 5 }]);
  expect((await readRenewals(admin, {})).renewals).toMatchObject([{ size: 5 }, { size: 306 }]);
  expect((await verifyExport(await exported(admin), { keys: (await keysOf(admin)).slice(-2) })).problems).toEqual([]);
});

test("what was replaced is destroyed an hour later, and not before; a process with older keys in memory reads them anew", async () => {
  const private_ = async () =>
    (
      await database.asOwner<{ length: number }>(
        "SELECT length(private_key) > 0 AS length FROM checkpoint_keys ORDER BY made_at DESC, type",
      )
    ).map(({ length }) => length);
  await retireKeys(Date.now() + 7_200_000);
  expect(await private_()).toEqual([true, true, true, true, false, false]);
  await checkpointNow(admin.tenantId);
  await hourPassed();
  await retireKeys(Date.now() + 14_400_000);
  expect(await private_()).toEqual([true, true, false, false, false, false]);
  expect((await platformEvents()).at(-1)).toBe("CheckpointKeysDestroyed");
  expect((await listSigningKeys()).pairs.map(({ signs }) => signs)).toEqual([true, false, false]);
  await write(admin, 1);
  const signed = await readCheckpoint(admin);
  expect(openCheckpoint(signed, await keysOf(admin)).size).toBe(308);
  // Of another process: the next pair, and a log that it signed with it.
  await renewKeys(operator);
  await database.asOwner(
    "UPDATE checkpoint_keys SET made_at = made_at + interval '1 day' WHERE made_at > now() - interval '1 minute'",
  );
  forgetKeys();
  await write(admin, 1);
  expect(openCheckpoint(await readCheckpoint(admin), await keysOf(admin)).signedBy).toHaveLength(2);
});

test("who was not announced signs nothing: a log under keys that are not there is not signed on", async () => {
  const other = await database.addTenant("admin");
  await write(other, 3);
  const signed = await checkpointNow(other.tenantId);
  await database.asOwner(
    "UPDATE checkpoints SET note = regexp_replace(note, $2, '— nobody AAAAAAAA', 'g') WHERE tenant_id = $1",
    [other.tenantId, "— \\S+ \\S{8}"],
  );
  expect(signed?.size).toBe(3);
  await write(other, 1);
  await expect(checkpointNow(other.tenantId)).rejects.toMatchObject({ code: "log_inconsistent" });
});

test("refuses an editor", async () => {
  await expect(readRenewals({ ...admin, role: "editor" }, {})).rejects.toMatchObject({ code: "forbidden" });
});
