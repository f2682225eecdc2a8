import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { append, verifyLog } from "@/lib/audit";
import { formatVerifierKey, openCheckpoint, parseVerifierKey, verifyExport } from "@/lib/audit/proofs/contract";
import { withTenant } from "@/lib/database";
import { metrics } from "@/lib/observability";
import { PLATFORM_LOG, type TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { readSigners, StateFile, serveWitness, type Witness } from "@/lib/witness";
import { readCheckpointNote } from "./checkpoint";
import { exportLines } from "./export-log";
import { renewKeys } from "./renew-keys";
import { startTransparencyWorker } from "./start-transparency-worker";
import { publishedKeys } from "./verbs";
import { askAbout, parseWitnesses, type WitnessPlace } from "./witnesses";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-witnesses-"));
let database: TestDatabase;
let admin: TenantContext;
let witness: Witness;
let state: StateFile;
let server: Awaited<ReturnType<typeof serveWitness>>;
let place: WitnessPlace;
let count = 0;
beforeAll(async () => {
  const outbound = { OUTBOUND_ALLOW: "witnesses=127.0.0.1" };
  Object.assign(process.env, {
    DATA_DIR: folder,
    PUBLIC_URL: "https://signalbox.example",
    LOG_LEVEL: "silent",
    ...outbound,
  });
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  admin = await database.addTenant("admin");
  count += 1;
  state = new StateFile(path.join(folder, `state-${count}.json`));
  const signers = readSigners(path.join(folder, "witness.json"), "witness.example/w1");
  witness = { state, signers, logs: (await publishedKeys(admin.tenantId)).map(parseVerifierKey) };
  server = await serveWitness(witness, { host: "127.0.0.1", port: 0 });
  [place] = parseWitnesses(`${server.url} ${signers.map(({ key }) => formatVerifierKey(key)).join(" ")}`) as [
    WitnessPlace,
  ];
});
afterEach(async () => {
  await server.stop();
  state.close();
});

let streams = 0;
async function write(events: number, name = "RouteMoved"): Promise<void> {
  const author = { tenantId: admin.tenantId, actor: admin.actor.id, requestId: "test" };
  const made = Array.from({ length: events }, (_, n) => ({ type: name, data: { n } }));
  const stream = { type: "change", id: `${streams++}` };
  await withTenant(admin.tenantId, (tx) => append(tx, author, stream, 0, made, new Date()));
}
const sign = () => readCheckpointNote(admin.tenantId);
const ask = () => askAbout(admin.tenantId, [place]);
const standing = async () => {
  const [row] = await database.asOwner<{ size: string; problem: string | null }>(
    "SELECT size, problem FROM witness_standings WHERE tenant_id = $1",
    [admin.tenantId],
  );
  return row && { size: Number(row.size), problem: row.problem };
};
const refusals = async () =>
  (
    await database.asOwner<{ data: { tenantId: string } }>(
      "SELECT data FROM events WHERE tenant_id = $1 AND type = $2",
      [PLATFORM_LOG, "WitnessRefused"],
    )
  ).filter(({ data }) => data.tenantId === admin.tenantId).length;

/** What somebody with the owner's password can take away: also what we remember of signing and of witnesses. */
async function forgetFrom(position: number, alsoWitnesses = true): Promise<void> {
  const tables = [
    "checkpoints",
    "checkpoint_cosignatures",
    "log_tiles",
    ...(alsoWitnesses ? ["witness_standings"] : []),
  ];
  for (const table of tables) await database.asOwner(`DELETE FROM ${table} WHERE tenant_id = $1`, [admin.tenantId]);
  await database.asOwner("DELETE FROM events WHERE tenant_id = $1 AND position > $2", [admin.tenantId, position]);
  await database.asOwner(
    `UPDATE event_heads SET position = $2, hash = coalesce(
       (SELECT leaf_hash FROM events WHERE tenant_id = $1 AND position = $2), sha256('')) WHERE tenant_id = $1`,
    [admin.tenantId, position],
  );
}

test("what a witness cosigned stands under the checkpoint, and goes with exports", async () => {
  await write(5);
  await sign();
  await ask();
  const keys = (await publishedKeys(admin.tenantId)).map(parseVerifierKey);
  const witnesses = witness.signers.map(({ key }) => key);
  expect(openCheckpoint(await sign(), keys, witnesses)).toMatchObject({ size: 5, cosignedBy: [{}, {}] });
  expect(await standing()).toEqual({ size: 5, problem: null });
  await write(300);
  await sign();
  await ask();
  await ask();
  expect(await standing()).toEqual({ size: 305, problem: null });
  let text = "";
  for await (const line of await exportLines(admin.tenantId, { until: 3 })) text += line;
  const report = await verifyExport(text.slice(0, -1).split("\n"), { keys, witnesses });
  expect(report).toMatchObject({ events: 3, problems: [], checkpoint: { cosignedBy: [{}, {}] } });
});

test("a witness that saw more than we remember of it is asked again from there", async () => {
  await write(5);
  await sign();
  await ask();
  await database.asOwner("DELETE FROM witness_standings WHERE tenant_id = $1", [admin.tenantId]);
  await write(5);
  await sign();
  await ask();
  expect(await standing()).toEqual({ size: 10, problem: null });
});

test.each([
  ["cut", () => forgetFrom(12)],
  [
    "cut, and grown again",
    async () => {
      await forgetFrom(12);
      await write(40, "RouteAdded");
    },
  ],
  [
    "replaced as a whole",
    async () => {
      await forgetFrom(0);
      await write(25, "RouteAdded");
    },
  ],
  [
    "replaced by a shorter one",
    async () => {
      await forgetFrom(0);
      await write(3, "RouteAdded");
    },
  ],
  [
    "replaced by a longer one, while we remember the witness",
    async () => {
      await forgetFrom(0, false);
      await write(33, "RouteAdded");
    },
  ],
])(
  "a log that was %s and signed anew with the real keys: flawless in itself, found by the witness",
  async (_name, tamper) => {
    await write(20);
    await sign();
    await ask();
    const kept = await sign();
    const refused =
      (await metrics().witnessAnswers.get()).values.find(({ labels }) => labels.outcome === "refused")?.value ?? 0;
    await tamper();
    const anew = await sign();
    const keys = (await publishedKeys(admin.tenantId)).map(parseVerifierKey);
    expect(openCheckpoint(anew, keys).signedBy).toHaveLength(2);
    expect((await withTenant(admin.tenantId, (tx) => verifyLog(tx, admin.tenantId))).problems).toEqual([]);
    let text = "";
    for await (const line of await exportLines(admin.tenantId, {})) text += line;
    const lines = text.slice(0, -1).split("\n");
    expect((await verifyExport(lines, { keys })).problems).toEqual([]);
    // Whoever kept a checkpoint finds it too, without any witness.
    expect((await verifyExport(lines, { keys, earlier: kept })).problems).toMatchObject([{ code: "not_consistent" }]);
    const witnesses = witness.signers.map(({ key }) => key);
    expect((await verifyExport(lines, { keys, witnesses })).problems).toMatchObject([
      { code: "missing_signature" },
      {},
    ]);

    await ask();
    expect((await standing())?.problem).toMatch(/does not go on|saw 20 events/);
    expect(state.entries().map(([, { size }]) => size)).toEqual([20]);
    // Told once, not with each round.
    await ask();
    expect(await refusals()).toBe(1);
    const { values } = await metrics().witnessAnswers.get();
    expect(values.find(({ labels }) => labels.outcome === "refused")?.value).toBe(refused + 2);
  },
);

test("keys that are replaced are announced to the witness, which goes on from the old ones", async () => {
  await write(5);
  await sign();
  await ask();
  const operator = { personId: admin.actor.id, isOperator: true, requestId: "test" };
  await database.asOwner("UPDATE checkpoint_keys SET made_at = made_at - interval '2 hours'");
  await renewKeys(operator);
  await write(3);
  await sign();
  // What we remember of it is lost, too.
  await database.asOwner("DELETE FROM witness_standings WHERE tenant_id = $1", [admin.tenantId]);
  await ask();
  expect(await standing()).toEqual({ size: 9, problem: null });
  expect(state.entries()[0]?.[1].keys).toHaveLength(4);
  await write(1);
  await sign();
  await ask();
  expect(await standing()).toEqual({ size: 10, problem: null });
});

test("the worker signs, and asks whoever is behind", async () => {
  await write(6);
  const keys = place.keys.map(formatVerifierKey).join(" ");
  Object.assign(process.env, { CHECKPOINT_SECONDS: "1", WITNESSES: `${server.url} ${keys}` });
  const worker = startTransparencyWorker();
  try {
    await expect.poll(standing, { timeout: 30_000 }).toEqual({ size: 6, problem: null });
    await write(1);
    await expect.poll(standing, { timeout: 30_000 }).toEqual({ size: 7, problem: null });
  } finally {
    await worker.stop();
    Object.assign(process.env, { CHECKPOINT_SECONDS: "0", WITNESSES: "" });
  }
});

test("a witness that does not answer, or answers with another's signature, holds nothing up", async () => {
  await write(4);
  await sign();
  await askAbout(admin.tenantId, [{ ...place, url: "http://127.0.0.1:9" }]);
  expect(await standing()).toEqual({ size: 0, problem: "target_unreachable" });
  const strangers = readSigners(path.join(folder, "stranger.json"), place.name).map(({ key }) => key);
  await askAbout(admin.tenantId, [{ ...place, keys: strangers }]);
  expect((await standing())?.problem).toMatch(/None of the witness's keys/);
  expect(await refusals()).toBe(0);
  await ask();
  expect(await standing()).toEqual({ size: 4, problem: null });
});

test("says what is wrong with WITNESSES", () => {
  const key = formatVerifierKey(place.keys[0]!);
  expect(parseWitnesses("")).toEqual([]);
  expect(parseWitnesses(`https://a.example/ ${key},\nhttps://b.example ${key}`).map(({ url }) => url)).toEqual([
    "https://a.example",
    "https://b.example",
  ]);
  for (const bad of ["https://a.example", `${key}`, "https://a.example no+key", `a ${key}`]) {
    expect(() => parseWitnesses(bad), bad).toThrow();
  }
});
