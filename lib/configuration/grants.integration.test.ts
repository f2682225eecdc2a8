import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Config, renderConfig } from "@/lib/alertmanager";
import { changeRole, inviteMember, setGrants, type TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import type { ChangeDto } from "./contract";
import {
  abandonChange,
  addExpectation,
  approveChange,
  askForReview,
  createRevision,
  deleteExpectation,
  deleteReceiver,
  getChange,
  getReview,
  importConfiguration,
  openChange,
  rebaseChange,
  recordOutcome,
  rejectChange,
  restoreRevision,
  retitleChange,
  saveDocument,
  saveExpectation,
  saveReceiver,
  withdrawFromReview,
} from "./index";

let database: TestDatabase;
let admin: TenantContext;
let ann: TenantContext;
const folder = mkdtempSync(path.join(tmpdir(), "grants-"));
const before = process.env.DATA_DIR;

const CONFIG = {
  route: {
    id: "root",
    receiver: "ops",
    routes: [
      { id: "db", matchers: ['team="db"'], receiver: "team-db/pager" },
      { id: "web", matchers: ['team="web"'], receiver: "ops" },
    ],
  },
  receivers: [
    { id: "ops", name: "ops" },
    { id: "pager", name: "team-db/pager" },
  ],
} as Config;
const DB = { receivers: ["team-db/*"], routes: [{ id: "db", label: 'team="db"' }], parts: [] };
const webhook = (url: string) => [{ id: "w", url }];

const at = ({ version }: ChangeDto) => ({ expectedVersion: version });
const save = (ctx: TenantContext, change: ChangeDto, config: Config) =>
  saveDocument(ctx, { id: change.id, document: { ...change.document, config } }, at(change));
const beyond = (...names: string[]) =>
  expect.objectContaining({ code: "forbidden", details: { reason: "beyond_grants", outside: names } });

async function publish(change: ChangeDto, ctx = admin): Promise<number> {
  const { revision } = await createRevision(ctx, { changeId: change.id });
  await recordOutcome(admin, { id: change.id, revision, published: true });
  return revision;
}

function withReceiver(config: Config, id: string, url: string): Config {
  const receivers = config.receivers ?? [];
  return {
    ...config,
    receivers: receivers.map((one) => (one.id === id ? { ...one, webhook_configs: webhook(url) } : one)) as never,
  };
}

beforeAll(async () => {
  process.env.DATA_DIR = folder;
  process.env.PUBLIC_URL = "http://127.0.0.1:3000";
  database = await startTestDatabase();
  admin = await database.addTenant("admin");
  const { member } = await inviteMember(admin, { email: "ann@a.example", name: "Ann", role: "approver" });
  ann = { ...admin, actor: { type: "person", id: member.id }, role: "approver" };
  await publish(await save(admin, await openChange(admin, {}), CONFIG));
  expect(await setGrants(admin, { personId: member.id, grants: DB })).toMatchObject({ grants: DB });
});
afterAll(async () => {
  await database.stop();
  if (before === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = before;
  rmSync(folder, { recursive: true, force: true });
});

async function signedInAdmin(): Promise<void> {
  const { member } = await inviteMember(admin, { email: "bo@a.example", name: "Bo", role: "admin" });
  await database.asOwner("UPDATE people SET first_signed_in_at = now() WHERE id = $1", [member.id]);
}

it("saves within and refuses beyond, by every verb", async () => {
  const change = await openChange(ann, {});
  const mine = await save(ann, change, withReceiver(CONFIG, "pager", "https://db.example/"));
  await expect(save(ann, mine, withReceiver(mine.document.config, "ops", "https://x.example/"))).rejects.toEqual(
    beyond("receiver ops"),
  );
  const ops = { id: "ops", name: "ops", webhook_configs: webhook("https://x.example/") };
  await expect(saveReceiver(ann, { id: mine.id, receiverId: "ops", receiver: ops }, at(mine))).rejects.toEqual(
    beyond("receiver ops"),
  );
  const spare = await openChange(admin, {});
  const more = { ...CONFIG, receivers: [...CONFIG.receivers!, { id: "n", name: "spare" }] } as Config;
  const saved = await save(admin, spare, more);
  await expect(deleteReceiver(ann, { id: spare.id, receiverId: "n" }, at(saved))).rejects.toEqual(
    beyond("receiver spare"),
  );
  const template = { ...mine.document, templates: [{ name: "a.tmpl", content: "x" }] };
  await expect(saveDocument(ann, { id: mine.id, document: template }, at(mine))).rejects.toEqual(
    beyond("template a.tmpl"),
  );
  const yaml = "route: {receiver: team-db/pager}\nreceivers: [{name: team-db/pager}]\n";
  await expect(importConfiguration(ann, { yaml })).rejects.toMatchObject({ details: { reason: "beyond_grants" } });
  expect((await getChange(ann, { id: mine.id })).version).toBe(mine.version);
});

it("what the text says beside the document counts for nothing", async () => {
  const change = await openChange(ann, {});
  const source = renderConfig({ config: withReceiver(CONFIG, "ops", "https://evil.example/"), source: null }).yaml;
  const saved = await saveDocument(ann, { id: change.id, document: { ...change.document, source } }, at(change));
  expect(renderConfig(saved.document).yaml).not.toContain("evil.example");
});

it("publishes and gives up only what is all within", async () => {
  const foreign = await save(admin, await openChange(admin, {}), withReceiver(CONFIG, "ops", "https://ops.example/"));
  const both = await save(ann, foreign, withReceiver(foreign.document.config, "pager", "https://db.example/"));
  await expect(createRevision(ann, { changeId: both.id })).rejects.toEqual(beyond("receiver ops"));
  await expect(abandonChange(ann, { id: both.id })).rejects.toEqual(beyond("receiver ops"));
  const own = await save(ann, await openChange(ann, {}), withReceiver(CONFIG, "pager", "https://db.example/2"));
  expect(await publish(own, ann)).toBeGreaterThan(1);
});

it("brings in what others published, and nothing else; an old revision only within", async () => {
  const mine = await save(ann, await openChange(ann, {}), withReceiver(CONFIG, "pager", "https://db.example/3"));
  const live = (await openChange(admin, {})) as ChangeDto;
  const other = await save(admin, live, withReceiver(live.document.config, "ops", "https://ops.example/"));
  await publish(other);
  const { change } = await rebaseChange(ann, { id: mine.id }, at(mine));
  const [ops, pager] = change.document.config.receivers ?? [];
  expect([ops, pager]).toEqual(
    ["ops", "pager"].map((id) => expect.objectContaining({ id, webhook_configs: [expect.anything()] })),
  );
  await expect(restoreRevision(ann, { number: 1 })).rejects.toEqual(beyond("receiver ops"));
});

it("answers for, names and takes back only what is all within", async () => {
  const foreign = await openChange(admin, {});
  const ops = await save(admin, foreign, withReceiver(foreign.document.config, "ops", "https://ops.example/9"));
  const asked = await askForReview(admin, { id: ops.id });
  const { content } = asked;
  expect((await getReview(ann, { id: ops.id })).mayApprove).toBe("beyond_grants");
  await expect(approveChange(ann, { id: ops.id, content })).rejects.toEqual(beyond("receiver ops"));
  await expect(withdrawFromReview(ann, { id: ops.id })).rejects.toEqual(beyond("receiver ops"));
  const title = { id: ops.id, title: "Mine now" };
  await expect(retitleChange(ann, title, {})).rejects.toEqual(beyond("receiver ops"));
  expect((await rejectChange(ann, { id: ops.id, content, reason: "Not in my name." })).verdicts).toHaveLength(1);
  const own = await openChange(admin, {});
  await save(admin, own, withReceiver(own.document.config, "pager", "https://db.example/9"));
  const db = await askForReview(admin, { id: own.id });
  expect(db.mayApprove).toBe("author");
  expect((await getReview(ann, { id: own.id })).mayApprove).toBe("yes");
  expect((await approveChange(ann, { id: own.id, content: db.content })).approvals).toBe(1);
  expect((await retitleChange(ann, { id: own.id, title: "Database" }, {})).title).toBe("Database");
});

it("expects something of receivers that are all within", async () => {
  const expectation = { name: "db", labels: { team: "db" }, receivers: ["team-db/pager"] };
  const saved = await addExpectation(ann, expectation);
  const { id, version } = saved;
  const refused = { code: "forbidden", details: { reason: "beyond_grants", outside: ["expectation db"] } };
  const more = { ...expectation, receivers: ["team-db/pager", "ops"] };
  await expect(saveExpectation(ann, { id, version, expectation: more })).rejects.toMatchObject(refused);
  const everybody = { name: "db", labels: { team: "db" }, at: "2026-11-28T12:00:00Z", muted: false };
  await expect(saveExpectation(ann, { id, version, expectation: everybody })).rejects.toMatchObject(refused);
  await saveExpectation(admin, { id, version, expectation: more });
  await expect(deleteExpectation(ann, { id })).rejects.toMatchObject(refused);
  await deleteExpectation(admin, { id });
});

it("limits tokens and end at once when they are lifted; an admin has none", async () => {
  const change = await openChange(admin, {});
  const edited = withReceiver(change.document.config, "ops", "https://more.example/");
  const token = { ...ann, token: { id: "t", scopes: ["configuration:edit", "configuration:view"] } };
  await expect(save(token, change, edited)).rejects.toEqual(beyond("receiver ops"));
  const personId = ann.actor.id;
  await changeRole(admin, { personId, role: "admin" });
  await expect(setGrants(admin, { personId, grants: DB })).rejects.toMatchObject({ code: "conflict" });
  await save({ ...ann, role: "admin" }, change, edited);
  await signedInAdmin();
  expect(await changeRole(admin, { personId, role: "editor" })).toMatchObject({ grants: null });
});

it("is for admins of this tenant to set", async () => {
  const personId = ann.actor.id;
  await expect(setGrants({ ...ann, role: "approver" }, { personId, grants: null })).rejects.toMatchObject({
    code: "forbidden",
  });
  const other = await database.addTenant("admin");
  await expect(setGrants(other, { personId, grants: DB })).rejects.toMatchObject({ code: "not_found" });
});
