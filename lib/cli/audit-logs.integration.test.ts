import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { append } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as audit from "./audit";
import { captured } from "./testing/captured";
import * as witness from "./witness";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-audit-logs-"));
const at = (name: string) => path.join(folder, name);
let database: TestDatabase;
let admin: TenantContext;
beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  admin = await database.addTenant("admin");
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...argv: string[]) => captured(() => audit.run(argv));
let streams = 0;
async function write(count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, n) => ({ type: "RouteMoved", data: { n, text: "a\u2028b\r\n" } }));
  const author = { tenantId: admin.tenantId, actor: "somebody", requestId: "test" };
  const stream = { type: "change", id: `${streams++}` };
  await withTenant(admin.tenantId, (tx) => append(tx, author, stream, 0, events, new Date()));
}

test("keys, a checkpoint kept, an export, and its judgement without the database", async () => {
  const tenant = ["--tenant", admin.tenantSlug];
  await write(3);
  writeFileSync(at("keys.txt"), (await run("keys")).out);
  writeFileSync(at("kept.txt"), (await run("checkpoint", ...tenant)).out);
  await write(4);
  expect(await run("verify")).toMatchObject({ code: 0, out: expect.stringContaining("signed up to 3") });
  writeFileSync(at("export.jsonl"), (await run("export", ...tenant)).out);
  writeFileSync(at("part.jsonl"), (await run("export", ...tenant, "--after", "4", "--until", "6", "--since", "3")).out);
  const trust = ["--key", at("keys.txt"), "--checkpoint", at("kept.txt")];
  await database.stop();
  expect(await run("verify", "--file", at("export.jsonl"), ...trust)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/7 events, all of the log .*\n.*\n {2}goes on from the checkpoint of 3 events/),
  });
  expect(await run("verify", "--file", at("part.jsonl"), ...trust)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/2 of 7 events of the log[\s\S]*goes on from the checkpoint of 3 events/),
  });
  database = await startTestDatabase();
});

test("says how it is called", async () => {
  expect((await run("export")).code).toBe(2);
  expect((await run("export", "--help")).out).toContain("--since SIZE");
  await expect(run("keys", "--tenant", "none")).rejects.toThrow(/no tenant/);
  const call = (...argv: string[]) => captured(() => witness.run(argv));
  expect((await call("--help")).out).toContain("--print-keys");
  expect((await call()).code).toBe(2);
  const keys = ["--keys", at("witness.json")];
  await expect(call(...keys, "--print-keys")).rejects.toThrow(/--name/);
  const { out } = await call(...keys, "--name", "witness.example/cli", "--print-keys");
  expect(out).toMatch(/^witness\.example\/cli\+[0-9a-f]{8}\+B\S+\nwitness\.example\/cli\+[0-9a-f]{8}\+B\S+\n$/);
  expect(await call(...keys, "--print-keys")).toMatchObject({ code: 0, out });
  expect(statSync(at("witness.json")).mode & 0o777).toBe(0o600);
  expect((await call(...keys, "--state", at("state.json"))).code).toBe(2);
  const once = await call(
    ...keys,
    "--state",
    at("state.json"),
    "--log",
    at("keys.txt"),
    "--watch",
    "http://127.0.0.1:9",
    "--once",
  );
  expect(once).toMatchObject({ code: 1, err: expect.stringContaining("not asked") });
});
