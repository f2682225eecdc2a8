import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

// Lowest floor first. A room may import only rooms on a floor below its own.
const FLOORS: string[][] = [
  ["errors"],
  ["alertmanager"],
  ["env"],
  ["default-templates"],
  ["observability"],
  ["resilience"],
  ["mail"],
  ["database"],
  ["audit"],
  ["witness"],
  ["secrets"],
  ["tenancy"],
  ["transparency"],
  ["notices"],
  ["targets"],
  ["history"],
  ["configuration"],
  ["test-sends"],
  ["publishing", "bridge", "insights"],
  ["operations"],
  ["backup"],
  ["privacy"],
  ["compliance"],
  ["cli"],
];
// Inside of components likewise; a folder that is not named is a feature, and features do not import each other.
const COMPONENT_FLOORS: string[][] = [
  ["messages", "ui", "http"],
  ["fields", "alert-history", "plan"],
  ["editor"],
  ["preview"],
  ["targets", "behaviour", "expectations", "notices"],
];

const IMPORT = /(?:from|import)\s*\(?\s*["']((?:@\/|\.{1,2}\/)[^"']+)["']/g;
const IMPURE =
  /(?:from|import)\s*\(?\s*["'](?:node:|server-only|next\b|react\b|@prisma)|\bprocess\.[a-z]|\bfetch\(|\bDate\.now\(|new Date\(\)/;
const ASSORTED = /(?:^|\/)(?:utils?|common|shared|misc|helpers)(?:\/|\.tsx?$)|\/types\//;

// Tests are left out: they may reach behind a door, and they hold examples of what is forbidden.
function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith("database/generated/"))
    .map((name) => join(folder, name));
}

const floor = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));
const roomOf = (path: string) => path.match(/^lib\/([a-z-]+)/)?.[1];
const partOf = (path: string) => path.match(/^components\/([a-z-]+)/)?.[1];
const FEATURES = COMPONENT_FLOORS.length;

function componentFloor(part: string): number {
  const found = COMPONENT_FLOORS.findIndex((parts) => parts.includes(part));
  return found < 0 ? FEATURES : found;
}

type Report = (why: string) => void;

function judgeRooms(file: string, target: string, report: Report): void {
  const from = roomOf(file);
  const to = roomOf(target);
  if (from && /^(app|components)\//.test(target)) report("lib may not import app or components");
  if (!to || from === to) return;
  // What several tests of one folder arrange, in a file of its own.
  if (to === "testing" && file.includes("/testing/")) return;
  if (to === "testing") {
    report("lib/testing is for tests only");
    return;
  }
  if (from && from !== "testing" && floor(to) >= floor(from)) report(`${from} may not import ${to}`);
  const window = to === "alertmanager" || to === "errors" || target.endsWith("/contract");
  if (!window && target.split("/").length > 2) report(`enter ${to} by its door or its window`);
  if (file.startsWith("components/ui/")) report("components/ui knows nothing of the domain");
  else if (file.startsWith("components/") && !window) report("components see alertmanager, errors and contracts only");
}

function judgeComponents(file: string, target: string, report: Report): void {
  const from = partOf(file);
  if (!from) return;
  if (target.startsWith("app/")) report("components may not import app");
  const to = partOf(target);
  if (!to || from === to) return;
  const [mine, theirs] = [componentFloor(from), componentFloor(to)];
  if (theirs > mine) report(`components/${from} may not import components/${to}`);
  else if (mine === FEATURES && theirs === FEATURES) report(`features do not import each other: ${from}, ${to}`);
}

/** Breaches of the house's order in one file; `source` is its text. */
function breaches(file: string, source: string): string[] {
  const found: string[] = [];
  const from = roomOf(file);
  if (from && from !== "testing" && floor(from) < 0) found.push(`${file}: ${from} has no floor`);
  if (ASSORTED.test(file)) found.push(`${file}: is named after no thing`);
  for (const [, path = ""] of source.matchAll(IMPORT)) {
    const target = path.startsWith("@/") ? path.slice(2) : join(dirname(file), path);
    const report = (why: string) => found.push(`${file}: ${why} (${target})`);
    judgeRooms(file, target, report);
    judgeComponents(file, target, report);
  }
  if (from === "alertmanager" && IMPURE.test(source)) found.push(`${file}: lib/alertmanager is pure`);
  if (from !== "env" && from !== "testing" && /^(lib|components)\//.test(file) && /\bprocess\.env\b/.test(source)) {
    if (!/^lib\/cli\//.test(file)) found.push(`${file}: only lib/env reads process.env`);
  }
  return found;
}

const sources = ["lib", "components", "app"].flatMap(filesOf);

test("imports go downwards", () => {
  expect(sources.flatMap((file) => breaches(file, readFileSync(file, "utf8")))).toEqual([]);
});

test("every server room has a door that a browser cannot enter, and tells what it is in 40 lines", () => {
  const rooms = readdirSync("lib", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["alertmanager", "cli", "testing"].includes(entry.name))
    .map(({ name }) => name);
  const without = rooms.filter((room) => {
    const door = join("lib", room, "index.ts");
    return !existsSync(door) || !readFileSync(door, "utf8").startsWith('import "server-only";');
  });
  expect(without).toEqual([]);
  const silent = [...rooms, "alertmanager", "cli"].filter((room) => {
    const file = join("lib", room, "README.md");
    return !existsSync(file) || readFileSync(file, "utf8").trimEnd().split("\n").length > 40;
  });
  expect(silent).toEqual([]);
});

test("no file is longer than 400 lines", () => {
  const long = sources.filter((file) => !/\/(testdata|defaults)\//.test(file) && lines(file) > 400);
  expect(long).toEqual([]);
});

const lines = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n").length;

test("this test sees what it forbids", () => {
  const planted: [string, string][] = [
    ["lib/audit/a.ts", 'import { x } from "@/lib/tenancy";'],
    ["lib/publishing/a.ts", 'export { x } from "../bridge";'],
    ["lib/configuration/a.ts", 'import { x } from "@/lib/secrets/seal";'],
    ["app/[tenant]/page.tsx", 'import { x } from "@/lib/tenancy/command";'],
    ["lib/alertmanager/a.ts", "export const now = () => Date.now();"],
    ["lib/alertmanager/b.ts", 'import { readFileSync } from "node:fs";'],
    ["components/receivers/a.tsx", 'import { x } from "@/lib/tenancy";'],
    ["components/ui/a.tsx", 'import { x } from "@/lib/alertmanager";'],
    ["components/fields/a.tsx", 'import { x } from "../editor";'],
    ["components/routes/a.tsx", 'import { x } from "@/components/receivers/b";'],
    ["lib/tenancy/a.ts", 'import { x } from "@/components/ui/button";'],
    ["components/routes/b.tsx", 'import { x } from "@/app/layout";'],
    ["lib/audit/b.ts", 'import { x } from "@/lib/testing/database";'],
    ["lib/attic/a.ts", ""],
    ["lib/audit/utils.ts", ""],
    ["lib/audit/c.ts", "const url = process.env.DATABASE_URL;"],
  ];
  expect(planted.filter(([file, source]) => breaches(file, source).length === 0)).toEqual([]);
  const lawful: [string, string][] = [
    [
      "lib/tenancy/a.ts",
      'import { append } from "@/lib/audit"; import type { X } from "@/lib/alertmanager/config/types";',
    ],
    ["components/receivers/a.tsx", 'import { x } from "@/lib/tenancy/contract"; import { y } from "../fields";'],
    ["app/api/me/route.ts", 'import { x } from "@/lib/tenancy"; import { y } from "@/lib/tenancy/contract";'],
  ];
  expect(lawful.flatMap(([file, source]) => breaches(file, source))).toEqual([]);
});
