import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { append, verifyLog } from "@/lib/audit";
import { bundleChild } from "@/lib/publishing/testing/bundle-child";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { withTenant } from "../client";
import { askMove, placeOf, rowsOf, seedFirings, sharedRows, untilMoved } from "./testing/rows-of";

const SOAK = Boolean(process.env.SOAK);
const ROWS = SOAK ? 5_000 : 800;
const POINTS = [
  ["move.copied", "schema"],
  ["move.verified", "database"],
  ["move.switching", "shared"],
  ["move.switched", "schema"],
  ...(SOAK
    ? ([
        ["move.begun", "shared"],
        ["move.prepared", "database"],
        ["move.equal", "schema"],
        ["move.switching", "database"],
        ["move.removed", "shared"],
      ] as const)
    : []),
] as const;

let database: TestDatabase;
let bundle: { file: string; folder: string } | undefined;
beforeAll(async () => {
  database = await startTestDatabase();
  bundle = await bundleChild(fileURLToPath(new URL("./testing/move-child.ts", import.meta.url)));
});
afterAll(async () => {
  await database.stop();
  if (bundle) rmSync(bundle.folder, { recursive: true });
});

interface Worker {
  child: ChildProcess;
  ended: Promise<NodeJS.Signals | null>;
}

function startWorker(failpoint?: string): Worker {
  const child = spawn(
    process.execPath,
    [bundle?.file ?? "", database.ownerUrl, path.join(process.cwd(), "prisma/migrations")],
    {
      env: { ...process.env, NODE_ENV: "test", ...(failpoint ? { SIGNALBOX_FAILPOINT: failpoint } : {}) },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  return { child, ended: new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal))) };
}

async function kill({ child, ended }: Worker): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

/** Somebody who writes and reads all the time, and remembers what was confirmed. */
function startLoad(tenantId: string) {
  let stopped = false;
  const load = { written: 0, read: 0, failed: [] as unknown[], lost: 0, slowest: 0 };
  const author = { tenantId, actor: "load", requestId: "load" };
  const timed = async (work: () => Promise<void>) => {
    const began = performance.now();
    await work().catch((error: unknown) => load.failed.push(error));
    load.slowest = Math.max(load.slowest, performance.now() - began);
  };
  const write = async () => {
    while (!stopped)
      await timed(async () => {
        const stream = { type: "load", id: randomUUID() };
        await withTenant(tenantId, (tx) => append(tx, author, stream, 0, [{ type: "Written", data: {} }], new Date()));
        load.written++;
      });
  };
  const read = async () => {
    while (!stopped)
      await timed(async () => {
        const confirmed = load.written;
        const seen = await withTenant(tenantId, (tx) => tx.event.count({ where: { streamType: "load" } }));
        if (seen < confirmed) load.lost = Math.max(load.lost, confirmed - seen);
        load.read++;
        await delay(1);
      });
  };
  const running = Promise.all([write(), read(), read()]);
  const stop = async () => {
    stopped = true;
    await running;
  };
  // Also when an expectation fails.
  onTestFinished(stop);
  return { load, stop };
}

async function expectWhole(tenantId: string): Promise<void> {
  expect(await withTenant(tenantId, (tx) => verifyLog(tx, tenantId), { isolation: "RepeatableRead" })).toMatchObject({
    problems: [],
  });
  const { level } = await placeOf(database, tenantId);
  expect((await sharedRows(database, tenantId)) > 0).toBe(level === "shared");
  const { alert_label_sets } = await rowsOf(database, tenantId);
  expect(alert_label_sets).toMatch(new RegExp(`^${ROWS / 2} `));
}

describe("kill -9 of who moves", () => {
  test("at each step: whole in one place, and the next start goes on; nothing is lost, no read fails", async () => {
    const { tenantId } = await database.addTenant("admin");
    await seedFirings(database, tenantId, ROWS / 2);
    const { load, stop } = startLoad(tenantId);
    for (const [point, level] of POINTS) {
      const id = await askMove(database, tenantId, level);
      expect(await startWorker(point).ended, point).toBe("SIGKILL");
      await expectWhole(tenantId);
      const second = startWorker();
      expect(await untilMoved(database, id, ["done", "failed"]), point).toMatchObject({ state: "done" });
      await kill(second);
      expect(await placeOf(database, tenantId)).toMatchObject({ level });
      await expectWhole(tenantId);
    }
    await stop();
    expect(load).toMatchObject({ failed: [], lost: 0 });
    expect(load.read).toBeGreaterThan(POINTS.length);
    expect(await withTenant(tenantId, (tx) => tx.event.count({ where: { streamType: "load" } }))).toBe(load.written);
  });

  const soak = SOAK ? test : () => undefined;
  soak(
    "at twenty moments: a tenant of 5,000 rows goes through all levels under load",
    async () => {
      const { tenantId } = await database.addTenant("admin");
      await seedFirings(database, tenantId, ROWS / 2);
      const { load, stop } = startLoad(tenantId);
      const levels = ["schema", "database", "dedicated-cluster", "schema", "shared", "database", "shared"];
      for (let kills = 0, turn = 0; kills < 20; turn++) {
        const id = await askMove(database, tenantId, levels[turn % levels.length] ?? "shared");
        for (let alive = startWorker(); ; alive = startWorker()) {
          const done = await Promise.race([
            untilMoved(database, id, ["done", "failed"]),
            delay(200 + Math.random() * 2_500, null),
          ]);
          await kill(alive);
          await expectWhole(tenantId);
          if (done) {
            expect(done).toMatchObject({ state: "done" });
            break;
          }
          kills++;
        }
      }
      await stop();
      process.stdout.write(
        `20 kills, ${load.written} writes, ${load.read} reads, slowest ${Math.round(load.slowest)} ms\n`,
      );
      expect(load).toMatchObject({ failed: [], lost: 0 });
      expect(await withTenant(tenantId, (tx) => tx.event.count({ where: { streamType: "load" } }))).toBe(load.written);
    },
    600_000,
  );
});
