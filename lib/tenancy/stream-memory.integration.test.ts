import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { append, type NewEvent } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { readState, type StreamMemory } from "./stream-memory";

const tenantId = randomUUID();
const author = { tenantId, actor: "somebody", requestId: "test" };
let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  await database.asOwner("INSERT INTO tenants (id, slug, name) VALUES ($1, 'memory', 'Memory')", [tenantId]);
});
afterAll(() => database.stop());

const folded: string[] = [];
const letters = {
  initial: "",
  evolve: (state: string, event: NewEvent) => {
    folded.push(event.type);
    return state + event.type;
  },
};
const at = (id: string) => ({ type: "letters", id });
const read = (id: string, memory: StreamMemory<string>) => {
  folded.length = 0;
  return withTenant(tenantId, (tx) => readState(tx, tenantId, at(id), letters, memory));
};
const write = (id: string, version: number, ...types: string[]) =>
  withTenant(tenantId, (tx) =>
    append(
      tx,
      author,
      at(id),
      version,
      types.map((type) => ({ type, data: {} })),
      new Date(),
    ),
  );

test("only what is new is folded, and the state is that of the whole stream", async () => {
  const id = randomUUID();
  const memory: StreamMemory<string> = new Map();
  expect(await read(id, memory)).toEqual({ state: "", version: 0 });
  await write(id, 0, "a", "b");
  expect(await read(id, memory)).toEqual({ state: "ab", version: 2 });
  expect(await read(id, memory)).toEqual({ state: "ab", version: 2 });
  expect(folded).toEqual([]);
  await write(id, 2, "c");
  expect(await read(id, memory)).toEqual({ state: "abc", version: 3 });
  expect(folded).toEqual(["c"]);
});

test("what another database once held is not believed", async () => {
  const id = randomUUID();
  const memory: StreamMemory<string> = new Map();
  await write(id, 0, "a", "b");
  const key = `${tenantId} ${id}`;
  memory.set(key, { version: 2, leafHash: "00".repeat(32), state: "restored" });
  expect(await read(id, memory)).toEqual({ state: "ab", version: 2 });
  memory.set(key, { version: 9, leafHash: "00".repeat(32), state: "longer" });
  expect(await read(id, memory)).toEqual({ state: "ab", version: 2 });
});

test("it remembers a few streams, the last ones", async () => {
  const memory: StreamMemory<string> = new Map();
  const ids = Array.from({ length: 70 }, () => randomUUID());
  for (const id of ids) await write(id, 0, "a");
  for (const id of ids) await read(id, memory);
  expect(memory.size).toBe(64);
  expect(memory.has(`${tenantId} ${ids.at(-1)}`)).toBe(true);
  expect(memory.has(`${tenantId} ${ids[0]}`)).toBe(false);
});
