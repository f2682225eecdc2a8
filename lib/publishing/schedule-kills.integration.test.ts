import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { scheduleChange } from "@/lib/configuration";
import { type ReviewWorld, startReviewWorld } from "@/lib/testing/review-world";
import { seededRandom } from "@/lib/testing/seeded";
import { listPublications } from ".";
import { bundleChild } from "./testing/bundle-child";

const CHILD = fileURLToPath(new URL("./testing/schedule-child.ts", import.meta.url));
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(SEED);
/** `make soak` kills at more instants. */
const ROUNDS = Array.from({ length: process.env.SOAK ? 30 : 1 }, (_, round) => round + 1);

const FAILPOINTS = ["schedule.frozen", "schedule.recorded", ...(process.env.SOAK ? ["schedule.claimed"] : [])];

let world: ReviewWorld;
let child: Awaited<ReturnType<typeof bundleChild>>;

beforeAll(async () => {
  [world, child] = await Promise.all([startReviewWorld(), bundleChild(CHILD)]);
});
afterAll(async () => {
  await world?.stop();
  if (child) await rm(child.folder, { recursive: true, force: true });
});

function start(failpoint?: string): ChildProcess {
  const env = { ...process.env, ...(failpoint ? { SIGNALBOX_FAILPOINT: failpoint } : {}) };
  return spawn(process.execPath, [child.file], { env });
}

/** How it ended, with what it complained of. */
function end(worker: ChildProcess): Promise<{ signal: NodeJS.Signals | null; log: string }> {
  let log = "";
  worker.stderr?.on("data", (chunk) => {
    log += chunk;
  });
  return new Promise((resolve) => worker.once("exit", (_code, signal) => resolve({ signal, log })));
}

/** A change whose time has come, and a look at what became of it. */
async function planned() {
  const here = await world.tenant();
  const { anne, bert } = here;
  const id = await here.draft();
  await scheduleChange(bert, { id, at: "2027-03-01T09:00", zone: "UTC" });
  const { database } = world;
  const sql =
    "UPDATE change_schedules SET publish_at = now() - interval '1 second', lease_until = now() WHERE change_id = $1";
  const due = () => database.asOwner(sql, [id]);
  await due();
  const publishedOnce = async () => {
    // Else it is taken up when the lease of the dead worker is over.
    await due();
    await here.published(id);
    expect(await listPublications(anne)).toMatchObject([{ requestedBy: "Bert", revision: 1 }]);
    const frozen = "SELECT 1 FROM events WHERE type = 'ChangeFrozen' AND stream_id = $1";
    expect(await database.asOwner(frozen, [id])).toHaveLength(1);
    expect(await database.asOwner("SELECT 1 FROM change_schedules WHERE change_id = $1", [id])).toEqual([]);
  };
  return { publishedOnce };
}

it.each(FAILPOINTS)("killed with SIGKILL at %s: published once by whoever follows", async (failpoint) => {
  const { publishedOnce } = await planned();
  const { signal, log } = await end(start(failpoint));
  expect(signal, log).toBe("SIGKILL");
  await publishedOnce();
});

it.each(ROUNDS)(`killed with SIGKILL at any instant: published once, seed ${SEED}, round %i`, async () => {
  const { publishedOnce } = await planned();
  const worker = start();
  const ended = end(worker);
  await new Promise((resolve) => worker.stdout?.once("data", resolve));
  await sleep(random() * 600);
  worker.kill("SIGKILL");
  expect((await ended).signal).toBe("SIGKILL");
  await publishedOnce();
});
