import { afterAll, beforeAll, expect, test } from "vitest";
import type { TenantContext } from "@/lib/tenancy";
import { readAudit } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { importConfiguration, readEventChanges, retitleChange, saveDocument } from "../index";

let database: TestDatabase;
let ctx: TenantContext;
const YAML = `route:
  receiver: ops
receivers:
  - name: ops
    slack_configs:
      - channel: '#ops'
        api_url: https://hooks.example/very-secret
`;

beforeAll(async () => {
  Object.assign(process.env, { LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  ctx = await database.addTenant("admin");
});
afterAll(() => database.stop());

const positionOf = async (type: string) => (await readAudit(ctx, { type })).entries[0]?.position ?? 0;

test("an edit is told as what was and what is, as the review would; secrets only as being there", async () => {
  const { change } = await importConfiguration(ctx, { yaml: YAML });
  // As somebody's browser would send it: text.
  const document = JSON.parse(JSON.stringify(change.document).replace('"#ops"', '"#pagers"'));
  const saved = await saveDocument(ctx, { id: change.id, document }, { expectedVersion: change.version });
  const { changes, more } = await readEventChanges(ctx, { position: await positionOf("ReceiverChanged") });
  expect(changes).toMatchObject([
    { kind: "changed", noun: "integration", key: "channel", before: "#ops", after: "#pagers", secret: false },
  ]);
  expect(more).toBe(0);

  const imported = await readEventChanges(ctx, { position: await positionOf("ConfigurationImported") });
  expect(imported.changes.map(({ kind, noun, label }) => [kind, noun, label])).toContainEqual([
    ...["added", "integration", "ops › slack_configs[0]"],
  ]);
  expect(JSON.stringify(imported)).not.toContain("very-secret");
  await retitleChange(ctx, { id: change.id, title: "Another" }, { expectedVersion: saved.version });
  expect(await readEventChanges(ctx, { position: await positionOf("ChangeRetitled") })).toEqual({
    changes: [],
    more: 0,
  });
  expect(await readEventChanges(ctx, { position: await positionOf("ChangeOpened") })).toEqual({ changes: [], more: 0 });
});

test("refuses a viewer, another tenant and a position that is not there", async () => {
  const position = await positionOf("ReceiverChanged");
  const viewer: TenantContext = { ...ctx, role: "viewer" };
  await expect(readEventChanges(viewer, { position })).rejects.toMatchObject({ code: "forbidden" });
  const other = await database.addTenant("admin");
  await expect(readEventChanges(other, { position })).rejects.toMatchObject({ code: "not_found" });
  await expect(readEventChanges(ctx, { position: 9_999 })).rejects.toMatchObject({ code: "not_found" });
});
