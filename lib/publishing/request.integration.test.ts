import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { abandonChange, createRevision, getChange, importConfiguration, recordOutcome } from "@/lib/configuration";
import { createTarget, deleteTarget } from "@/lib/targets";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { getPublication, listPublications, requestPublication, startPublishingWorker } from ".";
import { isFinal, type PublicationDto } from "./contract";

const OPERATOR = { id: "operator", requestId: "test" };

let database: TestDatabase;
let root: string;
let ctx: TenantContext;
let file: string;
let targetId: string;
beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-request-"));
  Object.assign(process.env, {
    NODE_ENV: "test",
    TARGET_ROOTS: root,
    DATA_DIR: path.join(root, "data"),
    LOG_LEVEL: "silent",
  });
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
  const { tenantId, tenantSlug: slug } = ctx;
  file = path.join(root, slug, "alertmanager.yml");
  await mkdir(path.dirname(file));
  targetId = (await createTarget(OPERATOR, { kind: "file", tenantId, name: "file", path: file, version: "0.34" })).id;
});

async function draft(): Promise<string> {
  const yaml = "route: {receiver: a}\nreceivers: [{name: a}]\n";
  return (await importConfiguration(ctx, { yaml, templates: [] })).change.id;
}

async function finished(id: string): Promise<PublicationDto> {
  const worker = startPublishingWorker({ pollMs: 20 });
  try {
    await expect.poll(async () => isFinal((await getPublication(ctx, id)).status), { timeout: 10_000 }).toBe(true);
  } finally {
    await worker.stop();
  }
  return getPublication(ctx, id);
}

const statusOf = async (id: string) => (await getChange(ctx, { id })).status;

describe("requesting", () => {
  it("refuses a second publication before anything is frozen", async () => {
    await requestPublication(ctx, { changeId: await draft() });
    const other = await draft();
    await expect(requestPublication(ctx, { changeId: other })).rejects.toMatchObject({ code: "conflict" });
    expect(await statusOf(other)).toBe("draft");
    expect(await listPublications(ctx)).toHaveLength(1);
  });

  it("makes a draft again of what was frozen when another publication was faster", async () => {
    const changeId = await draft();
    // Somebody else's publication, recorded between our look at it and our own record.
    await database.asOwner(`
      CREATE FUNCTION faster() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO publications (id, tenant_id, revision, comment, overwrite_drift, status, requested_by)
        VALUES (gen_random_uuid(), NEW.tenant_id, 0, '', false, 'requested', 'faster');
        RETURN NEW;
      END $$;
      CREATE TRIGGER faster AFTER INSERT ON revisions FOR EACH ROW EXECUTE FUNCTION faster()`);
    try {
      await expect(requestPublication(ctx, { changeId })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("under way"),
      });
    } finally {
      await database.asOwner("DROP FUNCTION faster() CASCADE");
    }
    expect(await statusOf(changeId)).toBe("draft");
    expect(await listPublications(ctx)).toMatchObject([{ requestedBy: "faster" }]);
  });

  it("publishes a change that a killed process left frozen, but not one that is just being recorded", async () => {
    const changeId = await draft();
    const { revision } = await createRevision(ctx, { changeId, comment: "" });
    await expect(requestPublication(ctx, { changeId })).rejects.toMatchObject({ code: "conflict" });
    await database.asOwner("UPDATE changes SET updated_at = now() - interval '2 minutes' WHERE id = $1", [changeId]);
    const requested = await requestPublication(ctx, { changeId });
    expect(requested.revision).toBe(revision + 1);
    expect(await finished(requested.id)).toMatchObject({ status: "unverified", revision: revision + 1 });
  });
});

describe("the worker of a server", () => {
  it("says failed, and makes the change a draft again, when the target was removed meanwhile", async () => {
    const changeId = await draft();
    const { id } = await requestPublication(ctx, { changeId });
    await deleteTarget(OPERATOR, targetId);
    const published = await finished(id);
    expect(published).toMatchObject({ status: "failed", error: { code: "not_ready" } });
    expect(await statusOf(changeId)).toBe("draft");
  });

  it("keeps a file that was written by hand after the request, and says so", async () => {
    const changeId = await draft();
    const { id } = await requestPublication(ctx, { changeId });
    await writeFile(file, "theirs");
    expect(await finished(id)).toMatchObject({ status: "failed", error: { code: "foreign_file", target: "file" } });
    expect(await readFile(file, "utf8")).toBe("theirs");
    expect(await statusOf(changeId)).toBe("draft");
  });

  it("ends a publication whose change went another way meanwhile: what lies at the target is told all the same", async () => {
    const changeId = await draft();
    const { id, revision } = await requestPublication(ctx, { changeId });
    await recordOutcome(ctx, { id: changeId, revision, published: false });
    const { version } = await getChange(ctx, { id: changeId });
    await abandonChange(ctx, { id: changeId }, { expectedVersion: version });
    expect((await finished(id)).status).toBe("unverified");
    expect(await statusOf(changeId)).toBe("abandoned");
    expect(await readFile(file, "utf8")).toContain("receiver: a");
  });
});
