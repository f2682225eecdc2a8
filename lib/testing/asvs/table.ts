import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const rowSchema = z.strictObject({
  id: z.string().regex(/^V\d+\.\d+\.\d+$/),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  about: z.string().min(3),
  status: z.enum(["met", "not-applicable", "open"]),
  tests: z.array(z.string().regex(/^\S.*\.(?:test|spec)\.tsx?: \S/)).default([]),
  reason: z.string().min(10).optional(),
});

export type Row = z.infer<typeof rowSchema>;

const FOLDER = "lib/testing/asvs";

export function readRows(): Row[] {
  return readdirSync(FOLDER)
    .filter((name) => /^v\d\d\.json$/.test(name))
    .sort()
    .flatMap((name) => z.array(rowSchema).parse(JSON.parse(readFileSync(path.join(FOLDER, name), "utf8"))));
}

/** Every requirement of the standard by its number: the level. */
export function requirementLevels(): Map<string, number> {
  const ids: Record<string, string[]> = JSON.parse(readFileSync(path.join(FOLDER, "ids.json"), "utf8"));
  return new Map(Object.entries(ids).flatMap(([level, all]) => all.map((id) => [id, Number(level)] as const)));
}

const OPENED =
  /(?:\b(?:test|it)((?:\.\w+)*)|\))\(\s*(?:"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`|'((?:\\.|[^'\\\n])*)')/g;

/** Titles of the tests in a source; those that are skipped are none. */
export function titlesIn(source: string): Set<string> {
  const found = [...source.matchAll(OPENED)].filter(
    ([, modifiers = ""]) => !/\.(?:skip|todo|fails|fixme)\b/.test(modifiers),
  );
  return new Set(
    found.map(([, , double, tick, single]) => (double ?? tick ?? single ?? "").replaceAll(/\\(["'`])/g, "$1")),
  );
}

const titles = new Map<string, Set<string>>();

function titlesOf(file: string): Set<string> {
  const known = titles.get(file) ?? (existsSync(file) ? titlesIn(readFileSync(file, "utf8")) : new Set<string>());
  titles.set(file, known);
  return known;
}

/** What is wrong with the table, a line for each. */
export function problemsOf(rows: readonly Row[], levels: ReadonlyMap<string, number>): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { id, level, status, tests, reason } of rows) {
    if (seen.has(id)) problems.push(`${id} stands twice`);
    seen.add(id);
    if (levels.get(id) !== level) problems.push(`${id} is no requirement of level ${level}`);
    if (status === "met" && tests.length === 0) problems.push(`${id} is met, and no test shows it`);
    if (status !== "met" && !reason) problems.push(`${id} is ${status}, and nothing says why`);
    for (const one of tests) {
      const at = one.indexOf(": ");
      const [file, title] = [one.slice(0, at), one.slice(at + 2)];
      if (!titlesOf(file).has(title)) problems.push(`${id}: there is no test “${title}” in ${file}`);
    }
  }
  for (const id of levels.keys()) if (!seen.has(id)) problems.push(`${id} is missing`);
  return problems;
}

/** The table of numbers in SECURITY.md. */
export function summary(rows: readonly Row[], levels: ReadonlyMap<string, number>): string {
  const lines = [1, 2, 3].map((level) => {
    const of = rows.filter((row) => row.level === level);
    const count = (status: Row["status"]) => of.filter((row) => row.status === status).length;
    const all = [...levels.values()].filter((one) => one === level).length;
    const cells = [level, all, count("met"), count("not-applicable"), count("open")];
    return `| ${cells.join(" | ")} |`;
  });
  const head = ["| level | requirements | met | do not apply | open |", "|---|---|---|---|---|"];
  return [...head, ...lines].join("\n");
}

export function openRows(rows: readonly Row[]): string {
  const open = rows.filter(({ status }) => status === "open");
  return open.map(({ id, about, reason }) => `- **${id}** ${about}: ${reason}`).join("\n");
}
