import { createCipheriv, randomBytes, randomUUID } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { disconnectDatabase, migrate, startEmbeddedPostgres, withPlatform } from "@/lib/database";
import { addKek, checkKey, newOwnKey, openUnder, rewrapAll, sealUnder, wrapDataKey } from "@/lib/secrets";
import { figure, note, section } from "./figures";

const KEYS = 100_000;
const SEALS = 50_000;
const AT_ONCE = 10_000;
/** 20,000 a second. */
const SEAL_GOAL_US = 50;
const REWRAP_GOAL_S = 10;

/** How fast values are sealed and opened, and how long the data keys of an installation of 100,000 tenants take to rewrap. */
export async function benchKeys(folder: string): Promise<void> {
  section("Keys");
  benchSeals();
  const dataDir = path.join(folder, "keys");
  mkdirSync(dataDir);
  for (const reached of [folder, dataDir]) chmodSync(reached, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, root: process.cwd() });
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  try {
    await migrate(server.ownerUrl, path.join(process.cwd(), "prisma/migrations"));
    Object.assign(process.env, { DATABASE_URL: server.appUrl, DATA_DIR: dataDir });
    delete process.env.KEY_FILE;
    await checkKey();
    await owner.connect();
    await seed(owner);
    await withPlatform((tx) => addKek(tx, "bench"));
    const began = performance.now();
    const cpu = process.cpuUsage();
    const { rewrapped, left } = await rewrapAll();
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    if (rewrapped !== KEYS || left !== 0) throw new Error(`${rewrapped} were rewrapped, ${left} are left`);
    const own = ((user + system) / 1e6).toFixed(1);
    figure({
      what: `${KEYS.toLocaleString("en")} data keys rewrapped`,
      value: seconds,
      unit: "s",
      goal: REWRAP_GOAL_S,
    });
    note(`${own} s of a processor were ours; the rest is PostgreSQL's, or somebody else's who works here`);
  } finally {
    await owner.end();
    await disconnectDatabase();
    await server.stop();
  }
}

function benchSeals(): void {
  const key = newOwnKey();
  const value = "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";
  const perUse = (work: (n: number) => unknown) => {
    for (let n = 0; n < SEALS / 10; n++) work(n);
    const began = performance.now();
    for (let n = 0; n < SEALS; n++) work(n);
    return ((performance.now() - began) * 1_000) / SEALS;
  };
  const seal = perUse((n) => sealUnder(key, value, `tenant|secret|${n}`));
  const sealed = Array.from({ length: SEALS }, (_, n) => sealUnder(key, value, `tenant|secret|${n}`));
  const open = perUse((n) => openUnder(key, sealed[n] ?? Buffer.alloc(0), `tenant|secret|${n}`));
  const raw = perUse(() => {
    const cipher = createCipheriv("aes-256-gcm", key, randomBytes(12));
    return [cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()];
  });
  const peer = { name: "node:crypto alone", value: raw };
  figure({ what: "seal a secret", value: seal, unit: "µs", goal: SEAL_GOAL_US, peer });
  figure({ what: "open a secret", value: open, unit: "µs", goal: SEAL_GOAL_US, peer });
  note(
    `${Math.round(1e6 / seal).toLocaleString("en")} seals and ${Math.round(1e6 / open).toLocaleString("en")} opens a second`,
  );
}

async function seed(owner: pg.Client): Promise<void> {
  const { kekVersion } = await wrapDataKey({ tenantId: randomUUID(), version: 1 }, randomBytes(32));
  if (kekVersion !== 1) throw new Error("the database is not new");
  for (let begin = 0; begin < KEYS; begin += AT_ONCE) {
    const tenants = Array.from({ length: AT_ONCE }, () => randomUUID());
    const wrapped: string[] = [];
    for (const tenantId of tenants) {
      const { wrapped: bytes } = await wrapDataKey({ tenantId, version: 1 }, randomBytes(32));
      wrapped.push(Buffer.from(bytes).toString("hex"));
    }
    await owner.query(
      "INSERT INTO data_keys (tenant_id, wrapped) SELECT t, decode(w, 'hex') FROM unnest($1::uuid[], $2::text[]) AS k (t, w)",
      [tenants, wrapped],
    );
  }
  await owner.query("ANALYZE data_keys");
}
