import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const IMPORT = /^(?:import|export)\s+(type\s+)?([^;"]*?)\s*from\s*"([^"]+)"/gm;

/** What a module brings along as it is loaded: neither types nor what a press or an answer loads later. */
function brings(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(IMPORT)].flatMap(([, type, names = "", from = ""]) => {
    const listed = /^\{([^}]*)\}$/.exec(names)?.[1]?.split(",") ?? [];
    const onlyTypes = listed.length > 0 && listed.every((name) => /^\s*(?:type\s|$)/.test(name));
    return type || onlyTypes ? [] : [from];
  });
}

function found(file: string, from: string): string {
  const path = from.startsWith("@/") ? from.slice(2) : from.startsWith(".") ? join(dirname(file), from) : null;
  if (path === null) return from;
  return [".ts", ".tsx", "/index.ts"].map((end) => path + end).find(existsSync) ?? path;
}

/** Everything that comes with them, each with the way to it. */
function loadedWith(files: readonly string[]): Map<string, string> {
  const ways = new Map(files.map((file) => [file, file]));
  for (const [file, way] of ways) {
    if (!existsSync(file)) continue;
    for (const from of brings(file)) {
      const target = found(file, from);
      if (!ways.has(target)) ways.set(target, `${way} → ${target}`);
    }
  }
  return ways;
}

const SHELL = ["components/tenant/providers.tsx", "components/tenant/shell.tsx", "components/http/tenant-context.tsx"];
const LIST = ["components/editor/editor-frame.tsx", "components/receivers/receiver-list.tsx"];

it.each([
  ["the frame of every page", SHELL],
  ["the list of receivers", [...SHELL, ...LIST]],
])("%s comes without checks of answers, forms and code editor", (_, files) => {
  const ways = loadedWith(files);
  expect(ways.size).toBeGreaterThan(40);
  const heavy = /^(?:zod|@codemirror\/|lib\/alertmanager\/index|lib\/alertmanager\/integrations\/)/;
  expect([...ways].filter(([module]) => heavy.test(module)).map(([, way]) => way)).toEqual([]);
});

it("is told apart from what comes later", () => {
  expect(loadedWith(["components/fields/struct-form.tsx"]).has("react")).toBe(true);
  expect(brings("components/editor/queries.ts")).not.toContain("@/lib/configuration/contract");
});
