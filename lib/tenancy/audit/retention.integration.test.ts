import { randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { append, newSigningKey, prepareLog, proveEvents, signerOf, signLog, verifyLog } from "@/lib/audit";
import { ED25519, formatNote, openCheckpoint, signTreeHead, verifyEvent } from "@/lib/audit/proofs/contract";
import { withTenant } from "@/lib/database";
import { startMoveWorker } from "@/lib/database/places/move-worker";
import { askMove, untilMoved } from "@/lib/database/places/testing/rows-of";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { readAudit } from "../audit-page";
import { command } from "../command";
import { systemContext, type TenantContext } from "../context";
import { archiveOldEvents } from "./retention";

let database: TestDatabase;
let ctx: TenantContext;
const DAY = 86_400_000;
const NOW = new Date("2026-12-01T00:00:00Z");
const signer = signerOf("log.example/a", ED25519, newSigningKey(ED25519));
const log = {
  origin: "log.example/a",
  keys: [signer.key],
  sign: (text: string) => formatNote({ text, signatures: signTreeHead(text, [signer], NOW) }),
};

beforeAll(async () => {
  Object.assign(process.env, { LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  ctx = await systemContext((await database.addTenant("admin")).tenantId);
});
afterAll(() => database.stop());

const write = (stream: string, type: string, daysAgo: number) =>
  withTenant(ctx.tenantId, (tx) =>
    append(
      tx,
      { tenantId: ctx.tenantId, actor: "somebody", requestId: "r" },
      { type: stream, id: randomUUID() },
      0,
      [{ type, data: { words: `${type} of ${daysAgo}` } }],
      new Date(NOW.getTime() - daysAgo * DAY),
    ),
  );
const keepFor = (days: number | null) =>
  database.asOwner("UPDATE tenants SET overrides = $2 WHERE id = $1", [
    ctx.tenantId,
    JSON.stringify({ quotas: { auditDays: days }, features: {} }),
  ]);
const sign = async () => {
  while (!(await withTenant(ctx.tenantId, (tx) => prepareLog(tx, ctx.tenantId))));
  return withTenant(ctx.tenantId, (tx) => signLog(tx, ctx.tenantId, log, NOW));
};
const emptied = async () =>
  (await readAudit(ctx, { limit: 200 })).entries
    .filter(({ archived }) => archived)
    .map(({ type, data }) => ({ type, data }));
// The plan of a tenant is remembered for two seconds.
const settled = () => new Promise((resolve) => setTimeout(resolve, 2_100));

test("what is old goes only where the tier says so, and only when it was signed; every proof still verifies", async () => {
  await write("refusal", "Refused", 500);
  await write("change", "ReceiverChanged", 500);
  await write("secret", "SecretSealed", 500);
  await write("sign-in-failure", "SignInFailed", 450);
  await write("refusal", "Refused", 100);
  expect(await archiveOldEvents(NOW)).toBe(0);
  await keepFor(400);
  await settled();
  expect(await archiveOldEvents(NOW)).toBe(0);
  const before = await sign();
  await write("refusal", "Refused", 410);
  expect(await archiveOldEvents(NOW)).toBe(2);
  expect(await emptied()).toEqual([
    { type: "SignInFailed", data: {} },
    { type: "Refused", data: {} },
  ]);
  const [told] = (await readAudit(ctx, { type: "AuditArchived" })).entries;
  expect(told).toMatchObject({ actor: "system", data: { count: 2, days: 400, checkpoint: before?.size } });
  expect(await withTenant(ctx.tenantId, (tx) => verifyLog(tx, ctx.tenantId))).toMatchObject({
    archived: 2,
    problems: [],
  });
  // The signature from before it holds for all events, also for those whose words are gone.
  const head = openCheckpoint(before?.note ?? "", log.keys);
  const proven = await withTenant(ctx.tenantId, (tx) =>
    proveEvents(tx, ctx.tenantId, {}, { size: head.size, limit: 100 }),
  );
  for (const event of proven) verifyEvent(event, head);
  expect(proven.filter(({ event }) => event === null)).toHaveLength(2);
  expect(await archiveOldEvents(NOW)).toBe(0);
  await sign();
  expect(await archiveOldEvents(NOW)).toBe(1);
});

test("the app's role can empty nothing else, and change nothing", async () => {
  const at = (position: number) => `tenant_id = '${ctx.tenantId}' AND position = ${position}`;
  const asTenant = (sql: string) =>
    withTenant(ctx.tenantId, (tx) => tx.$executeRawUnsafe(sql)).catch((error: unknown) => String(error));
  const all = await database.asOwner<{ position: string; stream_type: string; archived: boolean; at: Date }>(
    "SELECT position, stream_type, bytes IS NULL AS archived, at FROM events WHERE tenant_id = $1 ORDER BY position",
    [ctx.tenantId],
  );
  for (const { position, stream_type } of all) {
    const done = await asTenant(`UPDATE events SET data = '{}', bytes = NULL WHERE ${at(Number(position))}`);
    if (stream_type !== "refusal" && stream_type !== "sign-in-failure") expect(done).toBe(0);
  }
  const refusal = all.find(({ stream_type }) => stream_type === "refusal");
  expect(await asTenant(`UPDATE events SET data = '{"x":1}' WHERE ${at(Number(refusal?.position))}`)).toContain(
    "row-level security",
  );
  expect(await asTenant(`UPDATE events SET leaf_hash = '' WHERE ${at(1)}`)).toContain("permission denied");
  expect(await asTenant(`UPDATE events SET at = now() - interval '1 year'`)).toContain("permission denied");
  const { tenantId } = await database.addTenant("admin");
  const foreign = await withTenant(tenantId, (tx) =>
    tx.$executeRawUnsafe(`UPDATE events SET data = '{}', bytes = NULL WHERE ${at(Number(refusal?.position))}`),
  );
  expect(foreign).toBe(0);
});

test("a stream that commands write to is loaded as it was, however old it is", async () => {
  const count = command(
    {
      ...{ name: "count", permission: "configuration:edit", input: z.object({ id: z.string() }) },
      stream: {
        ...{ type: "counter", id: ({ id }: { id: string }) => id, initial: 0, project: async () => undefined },
        evolve: (state: number, event: { type: "Counted"; data: { by: number } }) => state + event.data.by,
      },
    },
    (state) => ({ events: [{ type: "Counted" as const, data: { by: 5 } }], result: state }),
  );
  const id = randomUUID();
  await count(ctx, { id });
  await database.asOwner("UPDATE events SET at = at - interval '900 days' WHERE stream_id = $1", [id]);
  await sign();
  await archiveOldEvents(new Date(NOW.getTime() + 900 * DAY));
  expect(await count(ctx, { id })).toBe(5);
});

test("in a schema and in a database of its own, the same goes, and no more", async () => {
  ctx = await systemContext((await database.addTenant("admin")).tenantId);
  await keepFor(400);
  await settled();
  const worker = startMoveWorker({
    ...{ ownerUrl: database.ownerUrl, migrations: path.join(process.cwd(), "prisma/migrations") },
    ...{ graceMs: 0, pollMs: 20, onError: () => undefined },
  });
  try {
    for (const level of ["schema", "database"]) {
      await untilMoved(database, await askMove(database, ctx.tenantId, level));
      await write("refusal", "Refused", 500);
      await write("change", "ReceiverChanged", 500);
      await sign();
      const before = (await emptied()).length;
      expect(await archiveOldEvents(NOW), level).toBe(1);
      expect(await emptied()).toHaveLength(before + 1);
      await sign();
      const verified = await withTenant(ctx.tenantId, (tx) => verifyLog(tx, ctx.tenantId));
      expect(verified).toMatchObject({ archived: before + 1, problems: [] });
      const other = await withTenant(ctx.tenantId, (tx) =>
        tx.$executeRawUnsafe("UPDATE events SET data = '{}', bytes = NULL WHERE stream_type = 'change'"),
      );
      expect(other, level).toBe(0);
    }
  } finally {
    await worker.stop();
  }
});
