import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyLog } from "@/lib/audit";
import { askForReview, commentOnChange, getReview, importConfiguration, rejectChange } from "@/lib/configuration";
import { withTenant } from "@/lib/database";
import { type MoveWorker, startMoveWorker } from "@/lib/database/places/move-worker";
import { askMove, untilMoved } from "@/lib/database/places/testing/rows-of";
import { bundleChild } from "@/lib/publishing/testing/bundle-child";
import { type LiveSession, PLATFORM_LOG, readAudit, systemContext, type TenantContext } from "@/lib/tenancy";
import { grantMembership } from "@/lib/tenancy/members";
import { addPerson, type ReviewWorld, startReviewWorld } from "@/lib/testing/review-world";
import {
  carryOutErasures,
  eraseAgain,
  eraseOwnAccount,
  erasePersonOf,
  exportPerson,
  exportPersonZip,
  listErasures,
  parseErasures,
  startPrivacyWorker,
  tombstones,
} from ".";
import { beginErasure, readErasure } from "./erase-person";
import { OF_NOBODY, PERSONAL_COLUMNS, PERSONAL_ROWS } from "./tables";
import { tenantsKnowing } from "./tenants-knowing";
import { type Canary, dumpOf, hitsOf, plantInDirectory, plantPerson } from "./testing/canary";

const LEVELS = ["shared", "schema", "database"] as const;
const BY = { actor: "system", requestId: "test" };

let world: ReviewWorld;
let mover: MoveWorker;
let tenants: { anne: TenantContext; edith: TenantContext }[];
let child: Awaited<ReturnType<typeof bundleChild>>;

beforeAll(async () => {
  world = await startReviewWorld();
  child = await bundleChild(fileURLToPath(new URL("./testing/erase-child.ts", import.meta.url)));
  mover = startMoveWorker({
    ownerUrl: world.database.ownerUrl,
    migrations: path.join(process.cwd(), "prisma/migrations"),
    ...{ graceMs: 0, pollMs: 20, onError: () => undefined },
  });
  tenants = [];
  for (const level of LEVELS) {
    const { anne, edith } = await world.tenant();
    await world.database.asOwner("UPDATE people SET first_signed_in_at = now() WHERE id = $1", [anne.actor.id]);
    if (level !== "shared") {
      const moved = await untilMoved(world.database, await askMove(world.database, anne.tenantId, level));
      expect(moved.error).toBeNull();
    }
    tenants.push({ anne, edith });
  }
}, 60_000);
afterAll(async () => {
  await mover.stop();
  await world.stop();
  rmSync(child.folder, { recursive: true });
});

/** Somebody with a row in every table, who said something everywhere. */
async function plant(mark: string, where = tenants): Promise<Canary> {
  const canary = await plantPerson(world.database, mark);
  const role = "approver";
  for (const { anne, edith } of where) {
    await grantMembership(await systemContext(anne.tenantId), { personId: canary.personId, role, source: "scim" });
    const ctx: TenantContext = { ...anne, actor: { type: "person", id: canary.personId }, role };
    const { change } = await importConfiguration(edith, {
      yaml: "route: {receiver: a}\nreceivers: [{name: a}]\n",
      templates: [],
    });
    await askForReview(edith, { id: change.id, reviewers: [canary.personId] });
    await commentOnChange(ctx, { id: change.id, text: `my words ${mark}`, place: { kind: "change" } });
    const { content } = await getReview(ctx, { id: change.id });
    await rejectChange(ctx, { id: change.id, content, reason: `because ${mark}` });
    await plantInDirectory(world.database, anne.tenantId, canary, anne.actor.id);
  }
  return canary;
}

const problems = async () =>
  Promise.all(
    [PLATFORM_LOG, ...tenants.map(({ anne }) => anne.tenantId)].map((id) =>
      withTenant(id, async (tx) => (await verifyLog(tx, id)).problems),
    ),
  ).then((all) => all.flat());

test("the export holds what every annotated column says, of every tenant, with the words that events keep sealed", async () => {
  const canary = await plant("quillfeather");
  const data = await exportPerson(canary.personId, BY);
  const text = JSON.stringify(data.tables);
  const planted = new Set(Object.keys(data.tables));
  // Changes and publications were made by others.
  const absent = ["changes", "revisions", "publications", "change_schedules"];
  for (const { table, column, category } of PERSONAL_COLUMNS) {
    if (OF_NOBODY.includes(table) || absent.includes(table) || column === "bytes") continue;
    expect(planted, table).toContain(table);
    const values = (data.tables[table] ?? []).map((row) => row[column]);
    expect(
      values.some((value) => value !== null && value !== undefined && value !== ""),
      `${table}.${column}`,
    ).toBe(true);
    if (category === "credential")
      expect(values.every((value) => value === null || value === "kept, not shown")).toBe(true);
  }
  for (const { anne } of tenants) {
    const said = data.tables.events?.filter(
      ({ tenant, type }) => tenant === anne.tenantSlug && type === "CommentAdded",
    );
    expect(said).toMatchObject([{ data: { text: "my words quillfeather" } }]);
  }
  expect(text).not.toContain("hash-quillfeather");
  expect(text).toContain("because quillfeather");
  const zip = await exportPersonZip(canary.personId, BY);
  expect(Buffer.from(zip.body).toString("latin1")).toContain("people.csv");
  expect(Buffer.from(zip.body).toString("latin1")).toContain("person.json");
  await expect(exportPerson(randomUUID(), BY)).rejects.toMatchObject({ code: "not_found" });
});

test("before: the words are in rows and in no event; after: nowhere in any form, every log is whole, and a receipt is left", async () => {
  const canary = await plant("marrowstone");
  const [mark = ""] = canary.words;
  const before = hitsOf(await dumpOf(world.database), mark);
  expect(before.length).toBeGreaterThan(15);
  expect(before.filter((table) => table.endsWith(".events"))).toEqual([]);
  expect(before.filter((table) => table.endsWith(".review_comments"))).toHaveLength(3);

  const { step, receipt } = await erasePersonOf(canary.email, BY);
  expect(step).toBe("done");
  expect(hitsOf(await dumpOf(world.database), mark)).toEqual([]);
  expect(await problems()).toEqual([]);
  expect(receipt).toMatchObject({
    requestedBy: "operator",
    tenants: 3,
    rows: { people: 1, person_keys: 1, review_comments: 3 },
  });

  const { log, position, leafHash } = receipt!.proof;
  const [event] = await world.database.asOwner<{ type: string; leaf: string; data: unknown }>(
    "SELECT type, encode(leaf_hash, 'hex') AS leaf, data FROM events WHERE tenant_id = $1 AND position = $2",
    [log, position],
  );
  expect(event).toMatchObject({
    type: "PersonErased",
    leaf: leafHash,
    data: { erasure: receipt!.id, hash: receipt!.hash },
  });
  for (const { anne } of tenants) {
    const { entries } = await readAudit(anne, { limit: 200 });
    const said = entries.filter(({ actor, type }) => actor === canary.personId && type === "CommentAdded");
    expect(said).toMatchObject([{ actorName: null, data: { text: { erased: canary.personId } } }]);
    expect(entries.some(({ type, streamId }) => type === "MemberRemoved" && streamId === canary.personId)).toBe(true);
  }
  await expect(erasePersonOf(canary.email, BY)).rejects.toMatchObject({ code: "not_found" });
});

test("where a person's rows may be is asked of every table that has some", async () => {
  const [found] = await world.database.asOwner<{ prosrc: string }>(
    "SELECT prosrc FROM pg_proc WHERE proname = 'tenants_knowing'",
  );
  const tables = PERSONAL_ROWS.filter(({ place }) => place !== "platform").map(({ table }) => table);
  expect(tables.filter((table) => !new RegExp(`FROM ${table}\\b`).test(found?.prosrc ?? ""))).toEqual([]);
  const { tenantId } = await world.database.addTenant("viewer");
  expect((await tenantsKnowing(randomUUID())).map(({ id }) => id)).not.toContain(tenantId);
});

test("what was told to others of this person keeps no words, and what others said stays", async () => {
  const [first] = tenants;
  const canary = await plant("thistledown", [first!]);
  const { change } = await importConfiguration(first!.edith, {
    yaml: "route: {receiver: a}\nreceivers: [{name: a}]\n",
    templates: [],
  });
  await commentOnChange(first!.edith, { id: change.id, text: "Edith stays", place: { kind: "change" } });
  await erasePersonOf(canary.email, BY);
  const [told] = await world.database.asOwner<{ data: unknown }>(
    "SELECT data FROM notices WHERE tenant_id = $1 AND data ->> 'by' = $2 AND kind = 'commented' LIMIT 1",
    [first!.anne.tenantId, canary.personId],
  );
  expect(told?.data).toMatchObject({ detail: "" });
  expect((await getReview(first!.anne, { id: change.id })).comments).toMatchObject([{ text: "Edith stays" }]);
});

test("killed at each of its steps it goes on from there, and ends once", async () => {
  const canary = await plant("emberlynx", [tenants[0]!, tenants[2]!]);
  const id = await beginErasure({ personId: canary.personId, by: "system", requestId: "test" });
  expect(await beginErasure({ personId: canary.personId, by: "system", requestId: "again" })).toBe(id);
  const points = ["erase.access", "erase.tenant", "erase.person", "erase.receipt"];
  for (const point of points) {
    expect(await runChild(point), point).toBe("SIGKILL");
    await world.database.asOwner("UPDATE erasures SET lease_until = NULL");
  }
  expect(await carryOutErasures(id)).toBe(1);
  expect(hitsOf(await dumpOf(world.database), "emberlynx")).toEqual([]);
  const { receipt } = await readErasure(id);
  expect(receipt).toMatchObject({ tenants: 2, rows: { people: 1, scim_users: 2, review_verdicts: 2 } });
  const ends = await world.database.asOwner(
    "SELECT FROM events WHERE type = 'PersonErased' AND data ->> 'erasure' = $1",
    [id],
  );
  expect(ends).toHaveLength(1);
  expect(await problems()).toEqual([]);
}, 60_000);

function runChild(failpoint: string): Promise<NodeJS.Signals | null> {
  const env = { ...process.env, NODE_ENV: "test" as const, SIGNALBOX_FAILPOINT: failpoint };
  const running: ChildProcess = spawn(process.execPath, [child.file], { env, stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve) => running.once("exit", (_code, signal) => resolve(signal)));
}

const session = (personId: string, email: string, more: Partial<LiveSession> = {}): LiveSession => ({
  ...{ id: randomUUID(), personId, email, name: "x", isOperator: false, passwordHash: null, createdAt: new Date() },
  ...{ keyHash: new Uint8Array(32) },
  keyHash: new Uint8Array(32),
  ...{
    refreshAfter: null,
    providerId: null,
    hasSecondFactor: false,
    factors: [],
    steppedUpAt: new Date(),
    pending: false,
  },
  ...more,
});

test("for one's own account: its address is typed, the proof is fresh, and somebody else can manage what is left", async () => {
  const canary = await plantPerson(world.database, "hollowreed");
  const own = session(canary.personId, canary.email);
  await expect(eraseOwnAccount(own, { email: "other@x.example" }, "r")).rejects.toMatchObject({
    code: "invalid_input",
  });
  for (const hasSecondFactor of [true, false]) {
    const stale = session(canary.personId, canary.email, { hasSecondFactor, steppedUpAt: new Date(0) });
    await expect(eraseOwnAccount(stale, { email: canary.email }, "r")).rejects.toMatchObject({
      code: "step_up_required",
    });
  }

  const tenant = await world.database.addTenant("admin");
  await grantMembership(await systemContext(tenant.tenantId), {
    personId: canary.personId,
    role: "admin",
    source: "bootstrap",
  });
  await expect(eraseOwnAccount(own, { email: canary.email }, "r")).rejects.toMatchObject({
    ...{ code: "in_use", details: { tenants: [tenant.tenantSlug] } },
    message: expect.stringContaining("Make somebody else"),
  });
  expect(await listErasures()).not.toContainEqual(expect.objectContaining({ step: "access" }));
  const next = await addPerson(world.database, tenant, "admin", "Next");
  await world.database.asOwner("UPDATE people SET first_signed_in_at = now() WHERE id = $1", [next.actor.id]);
  const { receipt } = await eraseOwnAccount(own, { email: ` ${canary.email.toUpperCase()} ` }, "r");
  expect(receipt).toMatchObject({ requestedBy: "own", tenants: 1 });
  expect(hitsOf(await dumpOf(world.database), "hollowreed")).toEqual([]);
});

test("the last operator stays", async () => {
  const canary = await plantPerson(world.database, "ironbark");
  await world.database.asOwner("UPDATE people SET is_operator = true WHERE id = $1", [canary.personId]);
  await expect(erasePersonOf(canary.email, BY)).rejects.toMatchObject({ code: "in_use" });
});

test("what a process left behind is done by the worker of another one, and one that cannot go on keeps nobody waiting", async () => {
  const [stuck, canary] = [
    await plantPerson(world.database, "cinderwort"),
    await plantPerson(world.database, "larkspur"),
  ];
  const ids: string[] = [];
  for (const { personId } of [stuck, canary])
    ids.push(await beginErasure({ personId, by: "system", requestId: "test" }));
  // No step is called so: as a newer program might have left it.
  await world.database.asOwner("ALTER TABLE erasures DROP CONSTRAINT erasures_step_check");
  await world.database.asOwner("UPDATE erasures SET step = 'later' WHERE id = $1", [ids[0]]);
  const worker = startPrivacyWorker();
  await expect.poll(async () => (await readErasure(ids[1]!)).step, { timeout: 60_000 }).toBe("done");
  await worker.stop();
  expect(hitsOf(await dumpOf(world.database), "larkspur")).toEqual([]);
  const [left] = await world.database.asOwner("SELECT error FROM erasures WHERE id = $1", [ids[0]]);
  expect(left).toEqual({ error: "It could not go on, and is tried again." });
  await world.database.asOwner("UPDATE erasures SET step = 'access', lease_until = NULL WHERE id = $1", [ids[0]]);
  expect(await carryOutErasures()).toBe(1);
});

test("whom a backup brought back is erased again, by the list of those who were", async () => {
  const canary = await plantPerson(world.database, "sablewing");
  const person = await world.database.asOwner("SELECT * FROM people WHERE id = $1", [canary.personId]);
  await erasePersonOf(canary.email, BY);
  const list = (await tombstones()).map((line) => JSON.stringify(line)).join("\n");
  expect(list).not.toContain(canary.personId);
  // As a restore of an older backup has it.
  await world.database.asOwner("INSERT INTO people SELECT * FROM jsonb_populate_record(NULL::people, $1)", [
    JSON.stringify(person[0]),
  ]);
  expect(await eraseAgain(parseErasures(list))).toBe(1);
  expect(hitsOf(await dumpOf(world.database), "sablewing")).toEqual([]);
  expect(await eraseAgain(parseErasures(list))).toBe(0);
});
