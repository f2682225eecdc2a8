import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withTenant } from "@/lib/database";
import { bundleChild } from "@/lib/publishing/testing/bundle-child";
import { checkKey, countOlder, openSecrets, readRing, seal, wrapDataKey } from "@/lib/secrets";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { listKeys, raiseMinimumKey, rewrapKeys, rotateDataKey, rotateKeys, sealAgain, verifyAllKeys } from "./keys";

const KILLS = process.env.SOAK ? Number(process.env.SOAK_KILLS ?? 50) : 2;
const RESEAL_KILLS = process.env.SOAK ? KILLS : 1;
const KEYS = process.env.SOAK ? 600 : 120;
const BUSY = 8;
const operator = { personId: randomUUID(), isOperator: true, requestId: "test" };

let database: TestDatabase;
let bundle: { file: string; folder: string } | undefined;
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-kills-"));
const busy = Array.from({ length: BUSY }, () => randomUUID());
const refs: { tenantId: string; ref: string; value: string }[] = [];

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  bundle = await bundleChild(fileURLToPath(new URL("./testing/rewrap-child.ts", import.meta.url)));
  await checkKey();
  for (const tenantId of busy) await put(tenantId);
  const rows = await Promise.all(
    Array.from({ length: KEYS }, async () => {
      const tenantId = randomUUID();
      const { wrapped } = await wrapDataKey({ tenantId, version: 1 }, randomBytes(32));
      return { tenantId, wrapped: Buffer.from(wrapped).toString("hex") };
    }),
  );
  await database.asOwner(
    "INSERT INTO data_keys (tenant_id, wrapped) SELECT t, decode(w, 'hex') FROM unnest($1::uuid[], $2::text[]) AS k (t, w)",
    [rows.map(({ tenantId }) => tenantId), rows.map(({ wrapped }) => wrapped)],
  );
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
  if (bundle) rmSync(bundle.folder, { recursive: true });
});

async function put(tenantId: string): Promise<void> {
  const value = randomUUID();
  const owner = { tenantId, actor: { id: "ana" } };
  const { ref } = await withTenant(tenantId, (tx) => seal(tx, owner, { value, kind: "secret" }));
  refs.push({ tenantId, ref, value });
}

/** Seals and opens all the time, as people do. */
function startLoad() {
  const load = { seals: 0, opens: 0, failed: [] as string[] };
  let stopped = false;
  const loop = async (work: (turn: number) => Promise<void>) => {
    for (let turn = 0; !stopped; turn++) {
      await work(turn).catch((error: unknown) => load.failed.push(String(error)));
      await pause(2);
    }
  };
  const loops = [
    loop(async (turn) => {
      await put(busy[turn % BUSY]!);
      load.seals += 1;
    }),
    ...[1, 7].map((step) =>
      loop(async (turn) => {
        const { tenantId, ref, value } = refs[(turn * step) % refs.length]!;
        const opened = await withTenant(tenantId, (tx) => openSecrets(tx, tenantId, [ref]));
        if (opened[ref] !== value) throw new Error("another value");
        load.opens += 1;
      }),
    ),
    loop(async (turn) => {
      if (turn % 100 === 50) await rotateDataKey(operator, busy[((turn / 100) % BUSY) | 0]!);
    }),
  ];
  return {
    load,
    stop: async () => {
      stopped = true;
      await Promise.all(loops);
    },
  };
}

/** Works in a process that is killed after so many batches; returns how it ended. */
async function killed(work: "rewrap" | "reseal", size: number, batches: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [bundle?.file ?? "", work, String(size)], {
    env: { ...process.env, NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  let seen = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    seen += 1;
    if (seen === batches) child.kill("SIGKILL");
  }
  const [, signal] = await ended;
  return signal as NodeJS.Signals | null;
}

test(`under load, keys are rotated ${KILLS} times and who rewraps is killed: nothing fails, nothing is unreadable`, {
  timeout: process.env.SOAK ? 3_600_000 : 600_000,
}, async () => {
  const running = startLoad();
  let inTheMidst = 0;
  for (let round = 0; round < KILLS; round++) {
    await rotateKeys(operator);
    const { primary } = await readRing();
    const before = await countOlder(primary.version);
    // Each time elsewhere in the work; what was left of it is taken up by the next round.
    expect(await killed("rewrap", Math.ceil(KEYS / 12), 1 + ((round * 5) % 11))).toBe("SIGKILL");
    const left = await countOlder(primary.version);
    expect(left).toBeLessThan(before);
    if (left > 0) inTheMidst += 1;
  }
  expect(inTheMidst).toBeGreaterThan(KILLS / 2);
  // Two at once, beside each other.
  await rotateKeys(operator);
  await Promise.all([rewrapKeys(operator), rewrapKeys(operator)]);
  await rewrapKeys(operator);
  const { primary } = await readRing();
  await raiseMinimumKey(operator, primary.version);
  await running.stop();
  expect(running.load.failed).toEqual([]);
  expect(running.load.seals).toBeGreaterThan(20);
  expect(running.load.opens).toBeGreaterThan(50);
  const verified = await verifyAllKeys(operator);
  expect(verified.failed).toEqual([]);
  expect(verified.tried).toBeGreaterThan(KEYS + refs.length);
  for (const key of (await listKeys()).keys)
    expect([key.version, key.dataKeys === 0]).toEqual([key.version, key.version !== primary.version]);
});

test(`under load, data keys are replaced and ${RESEAL_KILLS} times who seals again is killed: nothing is lost`, {
  timeout: process.env.SOAK ? 3_600_000 : 600_000,
}, async () => {
  const running = startLoad();
  let inTheMidst = 0;
  const sealing = async () => (await listKeys()).dataKeys.replaced.sealing;
  for (let round = 0; round < RESEAL_KILLS; round++) {
    for (const tenantId of busy) await rotateDataKey(operator, tenantId);
    // A few values at a time, killed each time elsewhere; the next round takes up what was left.
    expect(await killed("reseal", 3, 2 + ((round * 5) % 11))).toBe("SIGKILL");
    if ((await sealing()) > 0) inTheMidst += 1;
  }
  expect(inTheMidst).toBeGreaterThan(RESEAL_KILLS / 2);
  // Two at once, beside each other and beside who seals.
  await Promise.all([sealAgain(operator, { graceMs: 0 }), sealAgain(operator, { graceMs: 0 })]);
  await running.stop();
  expect(running.load.failed).toEqual([]);
  expect(running.load.seals).toBeGreaterThan(10);
  await expect.poll(async () => (await sealAgain(operator, { graceMs: 0 })).left, { timeout: 60_000 }).toBe(0);
  expect((await listKeys()).dataKeys.replaced).toMatchObject({ sealing: 0, unused: 0 });
  expect((await verifyAllKeys(operator)).failed).toEqual([]);
  for (const tenantId of busy) {
    const own = refs.filter((sealed) => sealed.tenantId === tenantId).map(({ ref, value }) => [ref, value] as const);
    const opened = await withTenant(
      tenantId,
      (tx) =>
        openSecrets(
          tx,
          tenantId,
          own.map(([ref]) => ref),
        ),
      {
        timeout: 120_000,
      },
    );
    expect(opened).toEqual(Object.fromEntries(own));
  }
});
