import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import {
  approveChange,
  getChange,
  getReview,
  importConfiguration,
  saveDocument,
  setReviewPolicy,
} from "@/lib/configuration";
import { NO_POLICY, type ReviewPolicy } from "@/lib/configuration/review/contract";
import { listNotices } from "@/lib/notices";
import { startPublishingWorker } from "@/lib/publishing";
import { createTarget } from "@/lib/targets";
import type { TenantContext } from "@/lib/tenancy";
import type { Role } from "@/lib/tenancy/contract";
import { startTestDatabase, type TestDatabase } from "./database";

const OPERATOR = { id: "operator", requestId: "test" };
const YAML = `route: {receiver: a}
receivers: [{name: a, slack_configs: [{api_url: "https://a.example/x", channel: "#a"}]}, {name: b}]
time_intervals: [{name: always, time_intervals: [{}]}, {name: never, time_intervals: [{years: ["1999"]}]}]
`;

/** A member of a tenant, with a name. */
export async function addPerson(
  database: TestDatabase,
  tenant: TenantContext,
  role: Role,
  name: string,
): Promise<TenantContext> {
  const id = randomUUID();
  await database.asOwner("INSERT INTO people (id, email, name) VALUES ($1, $2, $3)", [id, `${id}@x.example`, name]);
  await database.asOwner(
    "INSERT INTO memberships (tenant_id, person_id, role, source, joined_at) VALUES ($1, $2, $3, 'invitation', now())",
    [tenant.tenantId, id, role],
  );
  return { ...tenant, actor: { type: "person", id }, role };
}

/** A tenant that publishes to a file, with an admin, an approver and an editor, and what tests of reviews do there. */
export interface ReviewedTenant {
  anne: TenantContext;
  bert: TenantContext;
  edith: TenantContext;
  file: string;
  policy(changes: Partial<ReviewPolicy>): Promise<void>;
  draft(by?: TenantContext): Promise<string>;
  edit(by: TenantContext, id: string, channel: string): Promise<void>;
  content(id: string): Promise<string>;
  approve(by: TenantContext, id: string): ReturnType<typeof approveChange>;
  statusOf(id: string): Promise<string>;
  kindsFor(ctx: TenantContext): Promise<string[]>;
  /** Published by what a worker finds. */
  published(id: string): Promise<void>;
}

export interface ReviewWorld {
  database: TestDatabase;
  tenant(): Promise<ReviewedTenant>;
  stop(): Promise<void>;
}

export async function startReviewWorld(): Promise<ReviewWorld> {
  const database = await startTestDatabase();
  const root = await mkdtemp(path.join(os.tmpdir(), "signalbox-review-"));
  Object.assign(process.env, {
    NODE_ENV: "test",
    TARGET_ROOTS: root,
    DATA_DIR: path.join(root, "data"),
    LOG_LEVEL: "silent",
  });
  return {
    database,
    tenant: () => reviewedTenant(database, root),
    stop: async () => {
      await database.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Runs the workers of a server until something is as expected. */
export async function working(until: () => Promise<void>): Promise<void> {
  const worker = startPublishingWorker({ pollMs: 20 });
  try {
    await until();
  } finally {
    await worker.stop();
  }
}

async function reviewedTenant(database: TestDatabase, root: string): Promise<ReviewedTenant> {
  const tenant = await database.addTenant("admin");
  const { tenantId, tenantSlug: slug } = tenant;
  const file = path.join(root, slug, "alertmanager.yml");
  await mkdir(path.dirname(file));
  await createTarget(OPERATOR, { kind: "file", tenantId, name: "file", path: file, version: "0.34" });
  const anne = await addPerson(database, tenant, "admin", "Anne");
  const bert = await addPerson(database, tenant, "approver", "Bert");
  const edith = await addPerson(database, tenant, "editor", "Edith");
  const content = async (id: string) => (await getReview(anne, { id })).content;
  const statusOf = async (id: string) => (await getChange(anne, { id })).status;
  return {
    ...{ anne, bert, edith, file, content, statusOf },
    policy: async (changes) => {
      await setReviewPolicy(anne, { ...NO_POLICY, ...changes }, { expectedVersion: 0 });
    },
    draft: async (by = edith) => (await importConfiguration(by, { yaml: YAML, templates: [] })).change.id,
    edit: async (by, id, channel) => {
      const { document, version } = await getChange(by, { id });
      const receivers = document.config.receivers!.map((one) =>
        one.name === "a" ? { ...one, slack_configs: [{ ...Object(one.slack_configs)[0], channel }] } : one,
      );
      const next = { ...document, config: { ...document.config, receivers } };
      await saveDocument(by, { id, document: next }, { expectedVersion: version });
    },
    approve: async (by, id) => approveChange(by, { id, content: await content(id) }),
    kindsFor: async (ctx) => (await listNotices(ctx, {})).notices.map(({ kind }) => kind),
    published: (id) => working(() => expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe("published")),
  };
}
