import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { DEMO_TEMPLATES, DEMO_YAML } from "./demo";
import { createRevision, importConfiguration, recordOutcome, requireLive, tenantSummary } from "./index";

let database: TestDatabase;
let root: string;
let ctx: TenantContext;
beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(tmpdir(), "signalbox-notifications-"));
  Object.assign(process.env, { NODE_ENV: "test", DATA_DIR: root });
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
});

const slack = (title: string) => `
route: {receiver: a}
receivers: [{name: a, slack_configs: [{api_url: 'https://s.example/services/x', channel: a, title: '${title}'}]}]
`;

it("freezes nothing whose notifications would be blank or never sent", async () => {
  const { change } = await importConfiguration(ctx, { yaml: slack("{{ .Nope }}"), templates: [] });
  expect((await tenantSummary(ctx)).problems.errors).toBe(1);
  await expect(createRevision(ctx, { changeId: change.id })).rejects.toMatchObject({
    code: "has_error_diagnostics",
    details: {
      diagnostics: [
        {
          code: "template_ignored",
          path: ["receivers", 0, "slack_configs", 0, "title"],
          upstream: expect.stringContaining("can't evaluate field Nope"),
        },
      ],
    },
  });
});

it("freezes and publishes again what works, also with templates of its own", async () => {
  const { change } = await importConfiguration(ctx, { yaml: DEMO_YAML, templates: DEMO_TEMPLATES });
  const { revision } = await createRevision(ctx, { changeId: change.id });
  await recordOutcome(ctx, { id: change.id, revision, published: true });
  await requireLive(ctx, { number: revision });
});
