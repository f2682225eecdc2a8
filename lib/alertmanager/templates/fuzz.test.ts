import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { seededRandom } from "@/lib/testing/seeded";
import { profileFor } from "../profiles";
import { defaultTemplates } from "./defaults";
import { executeTemplate } from "./engine";
import { DEFAULT_LIMITS } from "./limits";
import type { TemplateData } from "./model";
import { RandomTemplate } from "./random-template";
import { parseTemplates } from "./template-set";

const read = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), "utf8");
const data = Object.values(JSON.parse(read("templates-data.json")) as Record<string, TemplateData>);
const profiles = ["0.25", "0.28", "0.34"].map((version) => profileFor(`alertmanager@${version}`));
const good = [
  ...read("templates.jsonl")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { text: string }).text),
  ...defaultTemplates(profiles[2]!).map(({ content }) => content),
];

const SNIPPETS = [
  ..."{{ }} {{- -}} {{/* */}} ( ) | . $ $x := = , \" ` ' \\ \n if range with end else define template block break".split(
    " ",
  ),
  ..."continue nil true 1 -1 9999999 1e308 0x1p-2 1i 'a' .Status .Alerts .CommonLabels index slice len print call".split(
    " ",
  ),
  ...'printf "%999999d" "%[1]*.[2]v" eq and or not html js urlquery list dict append toJson title join match "(a|*"'.split(
    " ",
  ),
  ...'reReplaceAll ".*" "$1$1" date tz since now humanizeDuration base64decode toDate routeLabels safeHtml stringSlice'.split(
    " ",
  ),
  ...'<a href= <script> </script> <style> </style> <!-- --> > <textarea> onclick= style="x:url( \xff \ud800 \0 🙂 ${ //'.split(
    " ",
  ),
  ...'{{ range 99999 }}|{{ range $.Alerts }}|{{ end }}|{{ $x = printf "%s%s" $x $x }}|{{ template "t" . }}|{{ define "t" }}'.split(
    "|",
  ),
];

/** `npm run fuzz` gives a number: then all of them, however long they take. */
const ASKED = Number(process.env.FUZZ_INPUTS ?? 0);
const INPUTS = ASKED || 10_000;
const BUDGET = ASKED ? Number.POSITIVE_INFINITY : 8_000;
/** Milliseconds; beside other tests, and counting what is executed, all takes several times as long. */
const LONGEST = ASKED ? 1000 : 3000;
const MEMORY = 512 * 1024 * 1024;
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

class Inputs {
  readonly #grammar: RandomTemplate;
  constructor(private readonly random: () => number) {
    this.#grammar = new RandomTemplate(random);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** Of the grammar, good ones and some of both with accidents, and words in any order. */
  next(): string {
    const kind = this.below(4);
    if (kind === 0) return this.#written();
    if (kind === 1) return this.#mutated(this.#written());
    if (kind === 2) return this.#mutated(this.pick(good));
    const words = Array.from({ length: this.below(40) }, () => this.pick(SNIPPETS)).join(this.pick(["", " "]));
    return this.below(2) === 0 ? words : `{{ ${words.replaceAll(/\{\{|\}\}/g, " ")} }}`;
  }

  #written(): string {
    const { definitions, body } = this.#grammar.next();
    return definitions + body;
  }

  #mutated(text: string): string {
    let changed = text;
    for (let count = 1 + this.below(4); count > 0; count--) {
      const at = this.below(changed.length + 1);
      const from = this.below(changed.length + 1);
      // A piece of itself, a snippet, or nothing.
      const piece = this.pick([changed.slice(from, from + this.below(80)), this.pick(SNIPPETS), ""]);
      changed = changed.slice(0, at) + piece + changed.slice(at + this.below(this.below(3) === 0 ? 60 : 4));
    }
    return changed;
  }
}

it(`no text makes the engine throw, hang or grow, seed ${SEED}`, { timeout: 60_000 + ASKED * 20 }, () => {
  const inputs = new Inputs(seededRandom(SEED));
  const deadline = performance.now() + BUDGET;
  const sets = profiles.map((profile) => ({ profile, set: parseTemplates([], profile).set }));
  let count = 0;
  let rendered = 0;
  // Other tests of this process hold theirs.
  const held = process.memoryUsage().heapUsed;
  while (count < INPUTS && performance.now() < deadline) {
    count++;
    const text = inputs.next();
    const { profile, set } = inputs.pick(sets);
    const kind = inputs.below(5) < 2 ? "html" : "text";
    const what = `seed ${SEED}, input ${count}, ${kind}, ${profile.id}: ${JSON.stringify(text)}`;
    const [started, before] = [performance.now(), process.cpuUsage()];
    let result: ReturnType<typeof executeTemplate>;
    try {
      const request = { kind, text, data: inputs.pick(data), profile, pointerData: inputs.below(2) === 0 } as const;
      // As a file of its own, of which the text of a field is a call.
      const files = inputs.below(4) === 0 ? [{ name: "a.tmpl", content: text }] : [];
      const own = files.length > 0 ? parseTemplates(files, profile).set : set;
      result = executeTemplate(own, files.length > 0 ? { ...request, text: '{{ template "a.tmpl" . }}' } : request);
    } catch (error) {
      throw new Error(what, { cause: error });
    }
    const took = performance.now() - started;
    const { user } = process.cpuUsage(before);
    // On a busy machine much of the time belongs to others.
    if (took >= LONGEST && user / 1000 >= LONGEST) expect.fail(`${Math.round(took)} ms: ${what}`);
    if (result.ok) rendered++;
    if (result.ok ? result.output.length > DEFAULT_LIMITS.output : !/^(html\/)?template:/.test(result.error)) {
      expect.fail(`${JSON.stringify(result).slice(0, 300)}: ${what}`);
    }
    if (count % 1000 === 0) expect(process.memoryUsage().heapUsed - held, what).toBeLessThan(MEMORY);
  }
  // A machine too busy for all of them has still seen enough to notice what is wrong.
  expect(count).toBeGreaterThan(500);
  expect(rendered).toBeGreaterThan(count / 10);
});
