import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/testing/seeded";
import { profileFor } from "../profiles";
import { executeTemplate } from "./engine";
import type { TemplateData } from "./model";
import { RandomTemplate, type RandomText } from "./random-template";
import { parseTemplates } from "./template-set";

const AMTOOL = "/usr/bin/amtool";
const DEFAULTS = "/usr/share/prometheus/alertmanager";
const ROUNDS = process.env.SOAK ? 40_000 : 600;
/** The same for everybody who commits; the soak looks further each time. */
const SEED = Number(process.env.SEED ?? (process.env.SOAK ? Date.now() % 1_000_000 : 1));
/** Texts that one process renders, of those that we think can be. */
const PACK = 30;
const SEPARATOR = "\u001e";

const folder = mkdtempSync(path.join(tmpdir(), "amtool-templates-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = readFileSync(new URL("./testdata/templates-data.json", import.meta.url), "utf8");
const data = JSON.parse(source) as Record<string, TemplateData>;
const names = Object.keys(data);
const profile = profileFor("alertmanager@0.25");

interface Given extends RandomText {
  data: string;
}

type Answer = { output: string } | { error: string };

function ask(kind: string, dataName: string, text: string): Promise<Answer> {
  const file = path.join(folder, `${dataName}.json`);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(data[dataName]));
  const given = { glob: `${DEFAULTS}/*.tmpl`, type: kind, data: file, text };
  const args = Object.entries(given).map(([name, value]) => `--template.${name}=${value}`);
  return new Promise((resolve) => {
    execFile(AMTOOL, ["template", "render", ...args], { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      resolve(error ? { error: stderr.replace(/^amtool: error: /, "").replace(/\n\n?$/, "") } : { output: stdout });
    });
  });
}

const textOf = ({ definitions, body }: RandomText) => definitions + body;

function packed(texts: readonly RandomText[]): string {
  const parts = texts.map(({ definitions, body }, at) => `${definitions}{{define "pack ${at}"}}${body}{{end}}`);
  return parts.join("") + texts.map((_, at) => `{{template "pack ${at}" .}}`).join(SEPARATOR);
}

/** Where Go prints an address, ours is made up. */
const ADDRESSES = /(?:0[xX])?[cC]0[0-9a-fA-F]{8}\b|\b824\d{9}\b/g;
const masked = (text: string) => text.replaceAll(ADDRESSES, "<address>");

const set = parseTemplates([], profile, {
  defaults: ["default.tmpl", "email.tmpl"].flatMap((name) => {
    const file = path.join(DEFAULTS, name);
    return existsSync(file) ? [{ name, content: readFileSync(file, "utf8") }] : [];
  }),
}).set;

function ours({ kind, data: name, ...text }: Given): Answer {
  const result = executeTemplate(set, { kind, text: textOf({ kind, ...text }), data: data[name]!, profile });
  return result.ok ? { output: result.output } : { error: result.error };
}

const same = (left: Answer, right: Answer) => masked(JSON.stringify(left)) === masked(JSON.stringify(right));

async function disagreements(group: readonly Given[]): Promise<string[]> {
  const [first] = group;
  const mine = group.map(ours);
  if (group.length > 1) {
    const answer = await ask(first!.kind, first!.data, packed(group));
    const outputs = "output" in answer ? answer.output.split(SEPARATOR) : [];
    if (outputs.length === group.length && outputs.every((output, at) => same({ output }, mine[at]!))) return [];
  }
  const found: string[] = [];
  for (const [at, given] of group.entries()) {
    const theirs = await ask(given.kind, given.data, textOf(given));
    if (same(theirs, mine[at]!)) continue;
    const shown = [textOf(given), theirs, mine[at]].map((part) => JSON.stringify(part));
    found.push(`${given.kind}, ${given.data}: ${shown[0]}\n  amtool ${shown[1]}\n  we     ${shown[2]}`);
  }
  return found;
}

/** Texts of one kind and data together, those that give an error alone. */
function grouped(texts: readonly Given[]): Given[][] {
  const groups = new Map<string, Given[]>();
  for (const [at, given] of texts.entries()) {
    const key = "error" in ours(given) ? `alone ${at}` : `${given.kind} ${given.data}`;
    groups.set(key, [...(groups.get(key) ?? []), given]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / PACK) }, (_, at) => group.slice(at * PACK, (at + 1) * PACK)),
  );
}

describe.skipIf(!existsSync(AMTOOL))(
  "amtool template render of Alertmanager 0.25 (skipped when it is not installed)",
  () => {
    it(`renders and refuses generated templates as we do, seed ${SEED}`, { timeout: 3_600_000 }, async () => {
      const random = seededRandom(SEED);
      const generator = new RandomTemplate(random);
      const different: string[] = [];
      for (let done = 0; done < ROUNDS && different.length === 0; done += 600) {
        const texts = Array.from({ length: Math.min(600, ROUNDS - done) }, () => {
          return { ...generator.next(), data: names[Math.floor(random() * names.length)]! };
        });
        const groups = grouped(texts);
        const worker = async () => {
          for (let group = groups.pop(); group; group = groups.pop()) different.push(...(await disagreements(group)));
        };
        await Promise.all([worker(), worker(), worker()]);
      }
      expect(different, `seed ${SEED}`).toEqual([]);
    });
  },
);
