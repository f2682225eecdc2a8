import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BASES, CATEGORIES, PURPOSES, RETENTIONS } from "./purposes";
import { OF_NOBODY, PERSONAL_COLUMNS, PERSONAL_ROWS, type PersonalColumn } from "./tables";

const SCHEMA = "prisma/schema";
const NOTE =
  /@personal\(([\w-]+), ([\w-]+), ([\w-]+), ([\w-]+), erase: (delete|null|pseudonym|key|keep-why)(?:\((.+)\))?\)$/;

interface Read {
  columns: PersonalColumn[];
  /** `table.column`, of all. */
  all: string[];
}

/** Every column of a schema, and what the annotations above them say. */
function readSchema(text: string): Read {
  const read: Read = { columns: [], all: [] };
  for (const [, body = ""] of text.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)) {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "";
    let note = "";
    for (const line of body.split("\n")) {
      const [, field = "", type = ""] = /^ {2}(\w+) +(\w+)/.exec(line) ?? [];
      if (line.includes("@personal")) note = line;
      if (!field || /^[A-Z]/.test(type) === false) continue;
      if (!/^(String|Int|BigInt|Boolean|Bytes|DateTime|Json|Float)$/.test(type)) continue;
      const column = /@map\("(\w+)"\)/.exec(line)?.[1] ?? field;
      read.all.push(`${table}.${column}`);
      if (note) read.columns.push(columnOf(table, column, note));
      note = "";
    }
  }
  return read;
}

function columnOf(table: string, column: string, note: string): PersonalColumn {
  const [, category = "", purpose = "", basis = "", retention = "", erase = "", why] = NOTE.exec(note.trim()) ?? [];
  expect(erase, `${table}.${column}: ${note}`).not.toBe("");
  const given = { table, column, category, purpose, basis, retention, erase: erase as PersonalColumn["erase"] };
  return why === undefined ? given : { ...given, why };
}

const schema = readSchema(
  readdirSync(SCHEMA)
    .sort()
    .map((file) => readFileSync(`${SCHEMA}/${file}`, "utf8"))
    .join("\n"),
);

const LOOKS_PERSONAL =
  /mail|phone|(^|_)name$|subject|user_agent|address|(^|_)ip(_|$)|_from$|external_id|resource$|outcome|comment|^text$|^title$|^reason$|bypass|^payload$|password|credential|public_key|(^|_)key$/;

/** Columns that look so and are not about a person. */
const NOT_PERSONAL: Readonly<Record<string, string>> = {
  "tenants.name": "of an organisation",
  "tenants.reason": "operators' words about a tenant",
  "tiers.name": "of a tier",
  "targets.name": "of a target",
  "target_replicas.name": "of a process",
  "taps.name": "of an intake",
  "expectations.name": "of an expectation",
  "group_roles.name": "of a group",
  "scim_groups.display_name": "of a group",
  "scim_groups.external_id": "of a group",
  "sign_in_providers.name": "of a sign-in service",
  "checkpoint_cosignatures.key": "of a witness",
  "checkpoint_keys.public_key": "of the installation",
  "checkpoint_keys.private_key": "of the installation",
  "default_templates.email_tmpl": "a template",
  "change_schedules.reason": "a code",
  "test_sends.outcome": "a code",
  "secret_checks.outcome": "a code",
  "publication_steps.key": "names a step",
  "publication_steps.target_name": "of a target",
  "publication_steps.subject_id": "of a place",
  "tenant_places.schema_name": "of a schema",
  "tenant_places.database_name": "of a database",
};

test("the file says what the annotations say; `vitest -u` writes it", async () => {
  await expect(`${JSON.stringify(schema.columns, null, 2)}\n`).toMatchFileSnapshot("personal-columns.json");
});

test("a column that looks personal is annotated, or it stands here why not", () => {
  const annotated = new Set(schema.columns.map(({ table, column }) => `${table}.${column}`));
  const looking = schema.all.filter((name) => LOOKS_PERSONAL.test(name.split(".")[1] ?? ""));
  expect(looking.filter((name) => !annotated.has(name) && !(name in NOT_PERSONAL))).toEqual([]);
  expect(Object.keys(NOT_PERSONAL).filter((name) => !schema.all.includes(name) || annotated.has(name))).toEqual([]);
  expect(looking.length).toBeGreaterThan(40);
});

test("annotations use the words that the record of processing explains", () => {
  for (const { category, purpose, basis, retention, erase, why } of schema.columns) {
    expect(Object.keys(CATEGORIES)).toContain(category);
    expect(Object.keys(PURPOSES)).toContain(purpose);
    expect(Object.keys(BASES)).toContain(basis);
    expect(Object.keys(RETENTIONS)).toContain(retention);
    expect(why !== undefined).toBe(erase === "keep-why");
  }
});

test("every annotated column is erased as its annotation says", () => {
  const wrong = PERSONAL_COLUMNS.filter(({ table, column, erase }) => {
    if (OF_NOBODY.includes(table)) return erase !== "keep-why";
    const rows = PERSONAL_ROWS.filter((candidate) => candidate.table === table);
    const sets = rows.some((candidate) => typeof candidate.erase === "object" && column in candidate.erase.set);
    if (erase === "delete") return !rows.some((candidate) => candidate.erase === "delete");
    if (erase === "null" || erase === "pseudonym") return !sets;
    return rows.length === 0 || sets || rows.some((candidate) => candidate.erase === "delete");
  });
  expect(wrong).toEqual([]);
});

test("every annotated column is in the export, and nothing is erased that is not annotated", () => {
  const exported = (table: string) => PERSONAL_ROWS.filter((rows) => rows.table === table);
  const missing = PERSONAL_COLUMNS.filter(({ table, column }) => {
    if (OF_NOBODY.includes(table)) return false;
    // The same words as in `data`, as they are hashed.
    if (table === "events" && column === "bytes") return false;
    return !exported(table).some(({ shown }) => !shown || shown.includes(column));
  });
  expect(missing).toEqual([]);
  const tables = new Set(PERSONAL_COLUMNS.map(({ table }) => table));
  expect(PERSONAL_ROWS.filter(({ table }) => !tables.has(table))).toEqual([]);
});
