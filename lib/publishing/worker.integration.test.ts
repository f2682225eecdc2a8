import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { createTarget, deleteTarget, type OpenReplica } from "@/lib/targets";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { OUTSIDE } from "./outside-world";
import type { Surroundings } from "./run-publication";
import { fileSurroundings } from "./testing/file-surroundings";
import { startWorker } from "./worker";

const TEXT = "route: {receiver: a}\nreceivers: [{name: a}]\n";
const OPERATOR = { id: "operator", requestId: "test" };

let database: TestDatabase;
let root: string;
let tenantId: string;
let targetId: string;
let file: string;
let around: Surroundings;
beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-worker-"));
  Object.assign(process.env, { NODE_ENV: "test", TARGET_ROOTS: root, DATA_DIR: path.join(root, "data") });
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  tenantId = randomUUID();
  const slug = `t-${tenantId.slice(0, 8)}`;
  await database.asOwner("INSERT INTO tenants (id, slug, name) VALUES ($1, $2, $2)", [tenantId, slug]);
  file = path.join(root, slug, "alertmanager.yml");
  await mkdir(path.dirname(file));
  targetId = (await createTarget(OPERATOR, { kind: "file", tenantId, name: "file", path: file, version: "0.34" })).id;
  const textFile = path.join(root, `${slug}.json`);
  await writeFile(textFile, JSON.stringify({ text: TEXT, templates: [] }));
  around = fileSurroundings(textFile);
});

async function request(attempts = 0): Promise<string> {
  const id = randomUUID();
  await database.asOwner(
    `INSERT INTO publications (id, tenant_id, revision, comment, overwrite_drift, status, requested_by, attempts)
     VALUES ($1, $2, 1, '', false, 'requested', 'test', $3)`,
    [id, tenantId, attempts],
  );
  return id;
}

interface Row {
  status: string;
  error: { code: string; message: string } | null;
  attempts: number;
}

async function look(id: string): Promise<Row> {
  const rows = await database.asOwner<Row & { n: number }>(
    "SELECT status, error, attempts FROM publications WHERE id = $1",
    [id],
  );
  return rows[0] as Row;
}

/** Works on one publication until it has ended, and gives what was told of errors meanwhile. */
async function work(id: string, surroundings: Surroundings, leaseSeconds = 1): Promise<Row & { told: unknown[] }> {
  const told: unknown[] = [];
  const worker = startWorker(surroundings, { pollMs: 20, leaseSeconds, onError: (error) => told.push(error) });
  try {
    await expect.poll(async () => (await look(id)).status, { timeout: 20_000 }).not.toMatch(/requested|running/);
  } finally {
    await worker.stop();
  }
  const ends = await database.asOwner("SELECT 1 FROM events WHERE type = 'PublicationEnded' AND stream_id = $1", [id]);
  expect(ends).toHaveLength(1);
  return { ...(await look(id)), told };
}

describe("a worker", () => {
  it("tells of an error nobody foresaw, and goes on under the same lease", async () => {
    const gone = new Error("the connection went away");
    let calls = 0;
    const ended = await work(await request(), {
      ...around,
      loadWork: (lease) => (++calls === 1 ? Promise.reject(gone) : around.loadWork(lease)),
    });
    expect(ended).toMatchObject({ status: "unverified", error: null, attempts: 1, told: [gone] });
    expect(await readFile(file, "utf8")).toBe(TEXT);
  });

  it("keeps its lease through a step that takes longer than the lease", async () => {
    const id = await request();
    const slow = {
      ...around,
      loadWork: (lease: Parameters<typeof around.loadWork>[0]) => sleep(2_500).then(() => around.loadWork(lease)),
    };
    const first = work(id, slow);
    await expect.poll(async () => (await look(id)).attempts).toBe(1);
    const second = startWorker(around, { pollMs: 20, leaseSeconds: 1 });
    expect(await first).toMatchObject({ status: "unverified", attempts: 1, told: [] });
    await second.stop();
  });

  it("stops before its next act when another has the publication, and says nothing of it", async () => {
    const id = await request();
    let calls = 0;
    const ended = await work(id, {
      ...around,
      loadWork: async (lease) => {
        if (++calls === 1)
          await database.asOwner(
            "UPDATE publications SET lease_owner = 'another', lease_until = now() - interval '1s' WHERE id = $1",
            [id],
          );
        return around.loadWork(lease);
      },
    });
    expect(ended).toMatchObject({ status: "unverified", attempts: 2, told: [] });
  });

  it("gives a publication up that was interrupted twenty times, and puts back what it may have written", async () => {
    const ended = await work(await request(20), around);
    expect(ended).toMatchObject({ status: "failed", error: { code: "internal" } });
    expect(ended.error?.message).toMatch(/interrupted too often/);
    expect(existsSync(file)).toBe(false);
  });
});

describe("what nobody can publish is refused, and everything is as before", () => {
  it("a target that was removed after the request", async () => {
    const id = await request();
    const refusing: Surroundings = {
      ...around,
      loadWork: async () => {
        throw new AppError("not_ready", "This tenant has no target to publish to.");
      },
    };
    await deleteTarget(OPERATOR, targetId);
    expect(await work(id, refusing)).toMatchObject({ status: "failed", error: { code: "not_ready" }, told: [] });
  });

  it("other bytes than those that an earlier attempt prepared", async () => {
    const id = await request();
    let calls = 0;
    const ended = await work(id, {
      ...around,
      world: {
        ...OUTSIDE,
        replace: (...given) => (++calls === 1 ? Promise.reject(new Error("killed")) : OUTSIDE.replace(...given)),
      },
      loadWork: async (lease) => {
        const found = await around.loadWork(lease);
        if (calls === 0) return found;
        return {
          ...found,
          places: found.places.map((one) => ({ ...one, next: { ...one.next, text: `# b\n${TEXT}` } })),
        };
      },
    });
    expect(ended).toMatchObject({ status: "restored", error: { code: "conflict" } });
    expect(existsSync(file)).toBe(false);
  });

  it("a file that somebody else writes in the same moment stays theirs", async () => {
    const ended = await work(await request(), {
      ...around,
      world: {
        ...OUTSIDE,
        replace: async (...given) => {
          const written = await OUTSIDE.replace(...given);
          await writeFile(file, "theirs");
          return written;
        },
      },
    });
    expect(ended).toMatchObject({ status: "failed", error: { code: "drifted", target: "file" } });
    expect(await readFile(file, "utf8")).toBe("theirs");
  });

  it("a replica that accepts the reload and then runs something else", async () => {
    const replicaOf = (placeId: string): OpenReplica => ({
      id: randomUUID(),
      name: "am-0",
      targetId,
      targetName: "file",
      placeId,
      url: "http://127.0.0.1:1",
      routePrefix: "",
      auth: { type: "none" },
    });
    let replica: OpenReplica | undefined;
    const ended = await work(await request(), {
      ...around,
      loadWork: async (lease) => {
        const found = await around.loadWork(lease);
        replica ??= replicaOf(found.places[0]?.place.id ?? "");
        return { ...found, replicas: [replica] };
      },
      world: {
        ...OUTSIDE,
        reload: async () => ({ kind: "accepted" }),
        verify: async (_replica, text) =>
          text === TEXT ? { kind: "mismatch", detail: "It runs another configuration." } : { kind: "verified" },
      },
    });
    expect(ended.error).toMatchObject({
      code: "target_refused",
      message: "am-0 does not run what was published. It runs another configuration.",
      replica: "am-0",
    });
    // There was no configuration before that it could be seen to load, so nobody says "restored".
    expect(ended.status).toBe("failed");
    expect(existsSync(file)).toBe(false);
  });
});
