import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { append, searchLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { readAudit } from "../audit-page";
import { PLATFORM_LOG, systemContext, type TenantContext } from "../context";
import { grantMembership } from "../members";
import { recordOnPlatform } from "../platform-log";
import { exportAccess, exportAuditCsv } from "./exports";
import { installationContext } from "./installation";

let database: TestDatabase;
let ctx: TenantContext;
let ada: string;
let bo: string;
const DAYS = 86_400_000;
const BEGAN = Date.parse("2026-03-01T00:00:00Z");

beforeAll(async () => {
  Object.assign(process.env, { LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  const { tenantId } = await database.addTenant("admin");
  const system = await systemContext(tenantId);
  [ada, bo] = [await newPerson("Ada Lovelace"), await newPerson("=cmd|calc 100%")];
  for (const personId of [ada, bo]) await grantMembership(system, { personId, role: "admin", source: "bootstrap" });
  ctx = { ...system, actor: { type: "person", id: ada }, requestId: "test" };
  // Ten days of two events each.
  for (let day = 0; day < 10; day++) {
    await write(ada, "ReceiverChanged", { subject: `pager ${day}` }, day);
    await write(bo, day % 2 ? "RouteMoved" : "Refused", { subject: `=SUM(A${day})`, permission: "x" }, day, "refusal");
  }
});
afterAll(() => database.stop());

async function newPerson(name: string): Promise<string> {
  const id = randomUUID();
  await database.asOwner("INSERT INTO people (id, email, name, first_signed_in_at) VALUES ($1, $2, $3, now())", [
    id,
    `${id}@example.org`,
    name,
  ]);
  return id;
}

async function write(actor: string, type: string, data: Record<string, unknown>, day: number, stream = "change") {
  const author = { tenantId: ctx.tenantId, actor, requestId: `r-${day}` };
  const at = new Date(BEGAN + day * DAYS + 3_600_000);
  await withTenant(ctx.tenantId, (tx) =>
    append(tx, author, { type: stream, id: randomUUID() }, 0, [{ type, data }], at),
  );
}

const found = async (filter: Parameters<typeof readAudit>[1]) =>
  (await readAudit(ctx, { limit: 200, ...filter })).entries;
const subjects = async (filter: Parameters<typeof readAudit>[1]) =>
  (await found(filter)).map(({ data }) => data.subject);

test("filters hold at once; people are found by their name, which stands nowhere in the log", async () => {
  expect(await found({ actor: ada, type: "ReceiverChanged" })).toHaveLength(10);
  expect(await found({ noun: "refusal" })).toHaveLength(10);
  expect(await found({ noun: "refusal", type: "RouteMoved" })).toHaveLength(5);
  expect(await subjects({ q: "PAGER 7" })).toEqual(["pager 7"]);
  expect(await found({ q: "lovelace" })).toHaveLength(10);
  expect((await found({ q: "100%" })).every(({ actor }) => actor === bo)).toBe(true);
  expect(await found({ q: "100_" })).toEqual([]);
  // What a type is called in the reader's language is known to the browser only.
  expect(await found({ q: "Weg verschoben", named: "RouteMoved,RouteAdded" })).toHaveLength(5);
  expect(await found({ q: "Weg verschoben", named: "RouteMoved", actor: ada })).toEqual([]);
});

test("of a time, days are whole", async () => {
  expect(await subjects({ type: "ReceiverChanged", from: "2026-03-04", to: "2026-03-05" })).toEqual([
    "pager 4",
    "pager 3",
  ]);
  expect(await subjects({ type: "ReceiverChanged", to: "2026-03-01T00:30:00Z" })).toEqual([]);
  await expect(found({ from: "yesterday" })).rejects.toMatchObject({ code: "invalid_input" });
});

test("pages go on where the one before ended, whatever the filter; a search says how far it came", async () => {
  const all = await found({ q: "pager" });
  const seen: number[] = [];
  for (let before: number | undefined; ; ) {
    const page = await readAudit(ctx, { q: "pager", limit: 3, ...(before === undefined ? {} : { before }) });
    seen.push(...page.entries.map(({ position }) => position));
    expect(page.kinds === null).toBe(before !== undefined);
    if (page.next === null) break;
    before = page.next;
  }
  expect(seen).toEqual(all.map(({ position }) => position));
  const few = (before?: number) =>
    withTenant(ctx.tenantId, (tx) =>
      searchLog(tx, ctx.tenantId, { type: "MemberAdded" }, { before, limit: 10, lookedAt: 4 }),
    );
  let [rounds, members, at] = [0, 0, undefined as number | undefined];
  for (; rounds < 50; rounds++) {
    const { events, next } = await few(at);
    members += events.length;
    if (next === null) break;
    at = next;
  }
  expect(members).toBe(2);
  expect(rounds).toBeGreaterThan(3);
  // Long before the wanted time nothing has to be looked at.
  const late = await withTenant(ctx.tenantId, (tx) =>
    searchLog(tx, ctx.tenantId, { from: new Date(BEGAN + 9 * DAYS) }, { limit: 10, lookedAt: 6 }),
  );
  expect(late.next).toBeNull();
});

test("a table is safe in a spreadsheet, and taking one is an event; so is the one of who has access", async () => {
  const lines: string[] = [];
  for await (const line of await exportAuditCsv(ctx, { noun: "refusal", q: "SUM" })) lines.push(line);
  expect(lines).toHaveLength(11);
  expect(lines[0]).toContain('"position","at","event"');
  expect(lines[1]).toContain(`"'=cmd|calc 100%"`);
  expect(lines[1]).toContain('""subject"":""=SUM(A9)""');
  for (const line of lines) expect(line).not.toMatch(/(?:^|,)"?[=+@-]/);
  expect(await exportAccess(ctx)).toContain("Ada Lovelace");
  const told = (await found({ noun: "export" })).map(({ type, data, actor }) => ({ type, data, actor }));
  expect(told).toEqual([
    { type: "AccessExported", data: { format: "csv" }, actor: ada },
    { type: "AuditExported", data: { format: "csv", filter: { noun: "refusal", words: true } }, actor: ada },
  ]);
  const viewer: TenantContext = { ...ctx, role: "viewer" };
  await expect(exportAuditCsv(viewer, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(exportAccess(viewer)).rejects.toMatchObject({ code: "forbidden" });
});

test("operators read the installation's log, and nobody else", async () => {
  await recordOnPlatform("SessionEnded", { session: "s" }, { actor: ada, requestId: "r" });
  const operator = { personId: ada, isOperator: true, requestId: "r-2" };
  const all = installationContext(operator);
  const { entries } = await readAudit(all, { q: "lovelace" });
  expect(entries).toMatchObject([{ type: "SessionEnded", actorName: "Ada Lovelace" }]);
  for await (const _line of await exportAuditCsv(all, {}));
  expect((await readAudit(all, { type: "AuditExported" })).entries).toMatchObject([{ actor: ada, requestId: "r-2" }]);
  expect(() => installationContext({ ...operator, isOperator: false })).toThrow("operators");
  expect((await found({})).some(({ type }) => type === "SessionEnded")).toBe(false);
  expect(all.tenantId).toBe(PLATFORM_LOG);
});
