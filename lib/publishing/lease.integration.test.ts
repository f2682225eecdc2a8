import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { databaseJournal } from "./database-journal";
import { claimPublication, LeaseLost } from "./lease";
import { OUTSIDE } from "./outside-world";
import { startWorker } from "./worker";

const tenantId = randomUUID();
const subject = { id: randomUUID(), targetId: randomUUID(), targetName: "t", replica: null };
let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await startTestDatabase();
  dataDir = await mkdtemp(path.join(os.tmpdir(), "signalbox-lease-"));
  process.env.DATA_DIR = dataDir;
  await database.asOwner("INSERT INTO tenants (id, slug, name) VALUES ($1, 'lease', 'Lease')", [tenantId]);
});
afterAll(async () => {
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
});

afterEach(() => database.asOwner("DELETE FROM publications"));

function request(id: string): Promise<unknown> {
  return database.asOwner(
    `INSERT INTO publications (id, tenant_id, revision, comment, overwrite_drift, status, requested_by)
     VALUES ($1, $2, 1, '', false, 'requested', 'test')`,
    [id, tenantId],
  );
}

it("gives a publication to one worker, and to another when that one is silent", async () => {
  const id = randomUUID();
  await request(id);
  await expect(request(randomUUID())).rejects.toThrow(/publications_one_open/);

  const claims = await Promise.all([1, 2, 3, 4].map((worker) => claimPublication(`worker ${worker}`, 60)));
  const [slow] = claims.filter((lease) => lease !== null);
  expect(claims.filter((lease) => lease !== null)).toHaveLength(1);
  expect(slow).toMatchObject({ publicationId: id, tenantId, attempt: 1 });

  const before = "a whole file, secrets and all";
  const journal = databaseJournal(slow!);
  await journal.prepare([{ subject, digestBefore: "x", digestAfter: "y", before }]);
  expect(await journal.prepared()).toMatchObject([{ subject, digestAfter: "y", before }]);
  const rows = await database.asOwner("SELECT to_jsonb(s)::text AS text FROM publication_steps s");
  expect(JSON.stringify(rows)).not.toContain("secrets and all");

  await database.asOwner("UPDATE publications SET lease_until = now() - interval '1 second'");
  const next = await claimPublication("worker 5", 60);
  expect(next).toMatchObject({ publicationId: id, attempt: 2 });
  await expect(journal.intend("write", subject)).rejects.toThrow(LeaseLost);
  await expect(journal.recordError({ code: "internal", message: "late" })).rejects.toThrow(LeaseLost);
  const successor = databaseJournal(next!);
  expect(await successor.status("write", subject)).toBe("pending");
  await successor.recordError({ code: "target_refused", message: "first" });
  await successor.recordError({ code: "target_refused", message: "second" });
  expect(await successor.error()).toMatchObject({ message: "first" });
});

it("goes on under the same lease when the database was away, and does not wait until it has run out", async () => {
  const id = randomUUID();
  await request(id);
  let loads = 0;
  const told: unknown[] = [];
  const nowhere = async () => ({ places: [], replicas: [], overwriteDrift: false, overwriteAt: [], origins: [] });
  const worker = startWorker(
    {
      world: OUTSIDE,
      loadWork: async () => {
        loads += 1;
        if (loads === 1) throw new Error("Connection terminated unexpectedly");
        return nowhere();
      },
      loadPlaces: nowhere,
      explain: async (_lease, error) => error,
      finish: async ({ publicationId }, { status }) => {
        await database.asOwner("UPDATE publications SET status = $2 WHERE id = $1", [publicationId, status]);
      },
    },
    { pollMs: 20, leaseSeconds: 600, onError: (error) => told.push(error) },
  );
  try {
    const row = () => database.asOwner("SELECT status, attempts FROM publications WHERE id = $1", [id]);
    await expect.poll(row, { timeout: 30_000 }).toEqual([{ status: "verified", attempts: 1 }]);
    expect(told).toEqual([new Error("Connection terminated unexpectedly")]);
  } finally {
    await worker.stop();
  }
});
