import { z } from "zod";
import columns from "./personal-columns.json";

const columnSchema = z.object({
  table: z.string(),
  column: z.string(),
  category: z.string(),
  purpose: z.string(),
  basis: z.string(),
  retention: z.string(),
  erase: z.enum(["delete", "null", "pseudonym", "key", "keep-why"]),
  why: z.string().optional(),
});
export type PersonalColumn = z.infer<typeof columnSchema>;

/** What the annotations of prisma/schema say; a test writes the file and holds it against them. */
export const PERSONAL_COLUMNS: readonly PersonalColumn[] = z.array(columnSchema).parse(columns);

/** `platform`: belongs to no tenant; `directory`: of a tenant, in the main database; `data`: moves with the tenant. */
export type Place = "platform" | "directory" | "data";

export interface PersonalRows {
  table: string;
  place: Place;
  /** Which rows are a person's; `$1` is their id, as text. */
  where: string;
  /** What erasure does with them: they go, columns are set anew, or they stay without a name behind their ids. */
  erase: "delete" | "keep" | { set: Readonly<Record<string, string>> };
  /** Absent: its annotated columns. */
  shown?: readonly string[];
}

const OWN = "person_id = $1::text::uuid";
const row = (place: Place, table: string, where = OWN, erase: PersonalRows["erase"] = "delete"): PersonalRows => ({
  table,
  place,
  where,
  erase,
});
/** Who a person is in a tenant's own directory. */
const ENTRIES = "SELECT id FROM scim_users WHERE person_id = $1::text::uuid";
/** Of notices that others got about what this person did: the words are theirs. */
const wordless = (column: string) => ({ [column]: `jsonb_set(${column}, '{detail}', '""')` });

/** Where rows of people are. In the order in which they go: the person last, whom others refer to. */
export const PERSONAL_ROWS: readonly PersonalRows[] = [
  row("directory", "sign_in_tests", "session_id IN (SELECT id FROM auth_sessions WHERE person_id = $1::text::uuid)"),
  row("directory", "memberships"),
  row("directory", "api_tokens"),
  row("directory", "notices"),
  row("directory", "notices", "data ->> 'by' = $1::text AND person_id <> $1::text::uuid", { set: wordless("data") }),
  row("directory", "notice_outbox"),
  row("directory", "notice_outbox", "payload ->> 'by' = $1::text AND person_id IS DISTINCT FROM $1::text::uuid", {
    set: wordless("payload"),
  }),
  row("directory", "notice_preferences"),
  row("directory", "scim_users"),
  row("directory", "scim_groups", `members && ARRAY(${ENTRIES})`, {
    // Before it, the entries are there still: parts of one statement see what was there when it began.
    set: { members: `ARRAY(SELECT m FROM unnest(members) m WHERE m NOT IN (${ENTRIES}))` },
  }),
  row("directory", "sign_in_identities"),
  row("data", "review_comments", "author = $1::text", { set: { text: "''" } }),
  row("data", "review_verdicts", "person = $1::text", { set: { comment: "''" } }),
  row("data", "changes", "created_by = $1::text", "keep"),
  row("data", "revisions", "created_by = $1::text", "keep"),
  row("data", "publications", "requested_by = $1::text", "keep"),
  row("data", "change_schedules", "scheduled_by = $1::text", "keep"),
  {
    ...row("data", "events", "(actor = $1::text OR stream_id = $1::text OR data ->> 'person' = $1::text)", "keep"),
    shown: ["position", "at", "type", "stream_type", "stream_id", "actor", "request_id", "data"],
  },
  row("platform", "auth_sessions"),
  row("platform", "sign_in_links"),
  row("platform", "second_factors"),
  row("platform", "recovery_codes"),
  row("platform", "person_keys"),
  row("platform", "people", "id = $1::text::uuid"),
];

/** Annotated, yet nobody can say whose its rows are: neither erased nor exported. */
export const OF_NOBODY: readonly string[] = ["sign_in_throttle"];

export function rowsAt(place: Place): PersonalRows[] {
  return PERSONAL_ROWS.filter((rows) => rows.place === place);
}

/** One statement that erases a person's rows at a place, and counts them: columns `0`, `1` … in the order of `rowsAt`. */
export function erasureSql(place: Place): string {
  const steps = rowsAt(place).flatMap(({ table, where, erase }, index) =>
    erase === "keep" ? [] : [{ index, sql: `${changeOf(table, erase)} WHERE ${where} RETURNING 1` }],
  );
  const made = steps.map(({ index, sql }) => `r${index} AS (${sql})`).join(",\n");
  return `WITH ${made}\nSELECT ${steps.map(({ index }) => `(SELECT count(*) FROM r${index})::int AS "${index}"`).join(", ")}`;
}

function changeOf(table: string, erase: Exclude<PersonalRows["erase"], "keep">): string {
  if (erase === "delete") return `DELETE FROM ${table}`;
  const set = Object.entries(erase.set).map(([column, value]) => `${column} = ${value}`);
  return `UPDATE ${table} SET ${set.join(", ")}`;
}

/** Never leaves, not even for the person: who has it can sign in, or try passwords. */
const WITHHELD = "credential";

/** One statement that reads what is known of a person at a place: rows of `name` and `row`. */
export function exportSql(place: Place): string {
  return rowsAt(place)
    .map(({ table, where, shown }) => {
      const selected = shown ?? columnsOf(table).map(({ column, category }) => shownAs(column, category));
      return `SELECT '${table}' AS name, to_jsonb(r) AS row FROM (SELECT ${selected.join(", ")} FROM ${table} WHERE ${where}) r`;
    })
    .join("\nUNION ALL\n");
}

const shownAs = (column: string, category: string) =>
  category === WITHHELD ? `(CASE WHEN ${column} IS NULL THEN NULL ELSE 'kept, not shown' END) AS ${column}` : column;

export function columnsOf(table: string): PersonalColumn[] {
  return PERSONAL_COLUMNS.filter((column) => column.table === table);
}
