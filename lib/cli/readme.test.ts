import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ENV_NAMES } from "@/lib/env";

const LANGUAGES = ["README.md", "README.fr.md", "README.de.md"] as const;
const text = (file: string) => readFileSync(file, "utf8");
const rows = (file: string) => [...text(file).matchAll(/^\| (`.+) \|$/gm)].map(([, row = ""]) => row.split(" | "));
const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

// What the command sets itself, or only tests and Node want.
const NOT_FOR_PEOPLE = [
  "NODE_ENV",
  "NEXTAUTH_URL",
  "MIGRATIONS_DIR",
  "SIGNALBOX_FAILPOINT",
  "SIGNALBOX_FAILPOINT_FILE",
];

test.each(LANGUAGES)("%s describes every setting, and none that is not there", (file) => {
  const described = rows(file).flatMap(([name = ""]) => codes(name).filter((code) => /^[A-Z][A-Z\d_]+$/.test(code)));
  expect(described.toSorted()).toEqual(ENV_NAMES.filter((name) => !NOT_FOR_PEOPLE.includes(name)).toSorted());
});

test.each(LANGUAGES)("%s names commands, make targets, scripts and files that exist", (file) => {
  const main = text("lib/cli/main.ts");
  const [, commands = ""] = text(file).split(/^## (?:The command|La commande|Der Befehl)$/m);
  const named = [...commands.split(/^## /m)[0]!.matchAll(/^\| `([\w-]+)/gm)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(4);
  for (const name of named) expect(main).toMatch(new RegExp(`^ {2}"?${name}"?: \\{`, "m"));
  for (const [, target = ""] of text(file).matchAll(/(?:`|^)make ([a-z]+)(?:`| +#)/gm)) {
    expect(text("Makefile"), target).toMatch(new RegExp(`^${target}:`, "m"));
  }
  const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
  for (const [, script = ""] of text(file).matchAll(/npm run(?: -s)?\s+([\w:-]+)/g))
    expect(scripts).toHaveProperty(script);
  for (const [, link = ""] of text(file).matchAll(/\]\(([\w.]+)\)/g)) expect(existsSync(link), link).toBe(true);
  for (const path of ["deploy/", "lib/alertmanager", "lib/architecture.test.ts", "./install.sh"]) {
    expect(text(file)).toContain(path);
    expect(existsSync(path), path).toBe(true);
  }
});

test.each(LANGUAGES.slice(1))("%s is a translation of all of README.md", (file) => {
  const shape = (of: string) => ({
    headings: text(of).match(/^#+ /gm),
    listed: text(of).match(/^\d\. /gm),
    rows: rows(of).map((cells) => cells.map((cell) => codes(cell).toSorted())),
    // Comments are translated too.
    code: [...text(of).matchAll(/^```.*?^```$/gms)].map(([block]) => block.replaceAll(/ {2,}#.*$/gm, "")),
  });
  expect(shape(file)).toEqual(shape("README.md"));
});
