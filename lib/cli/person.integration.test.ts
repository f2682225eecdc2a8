import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as person from "./person";
import * as processing from "./processing";
import { captured } from "./testing/captured";

let database: TestDatabase;
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-person-"));
const email = "ada@person.example";
const run = (...argv: string[]) => captured(() => person.run(argv));

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  await database.asOwner("INSERT INTO people (id, email, name) VALUES ($1, $2, 'Ada Quill')", [randomUUID(), email]);
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true });
});

test("exports somebody into a file of one's own, erases them when told so twice, and remembers that", async () => {
  const out = path.join(folder, "ada.zip");
  expect(await run("export", email, "--out", out)).toMatchObject({ code: 0, out: "" });
  expect(readFileSync(out).toString("latin1")).toContain("person.json");
  expect(statSync(out).mode & 0o077).toBe(0);
  await expect(run("export", email, "--out", out)).rejects.toThrow(/EEXIST/);

  expect(await run("erase", email)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("--yes") });
  const erased = await run("erase", email, "--yes");
  expect(erased.code).toBe(0);
  const receipt = JSON.parse(erased.out) as { hash: string; rows: unknown };
  expect(receipt.rows).toMatchObject({ people: 1 });
  await expect(run("erase", email, "--yes")).rejects.toThrow(/Nobody here/);

  const { out: list } = await run("erasures");
  expect(JSON.parse(list)).toMatchObject({ hash: receipt.hash });
  const file = path.join(folder, "list");
  writeFileSync(file, list);
  expect(await run("erase-again", file)).toMatchObject({ code: 0, err: "0 erased again\n" });
});

test("explains itself, and refuses what it does not understand", async () => {
  expect(await run("--help")).toMatchObject({ code: 0, out: expect.stringMatching(/^usage: signalbox person export/) });
  for (const wrong of [[], ["forget", email], ["export"], ["erasures", "x"], ["erase", email, "y"]])
    expect((await run(...wrong)).code).toBe(2);
});

test("prints the record of processing, for people and for programs", async () => {
  const said = await captured(() => processing.run([]));
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining("| people.email | contact |") });
  const { out } = await captured(() => processing.run(["--json"]));
  expect(JSON.parse(out)).toMatchObject({
    activities: expect.arrayContaining([expect.objectContaining({ bases: expect.any(Array) })]),
  });
  expect((await captured(() => processing.run(["x"]))).code).toBe(2);
});
