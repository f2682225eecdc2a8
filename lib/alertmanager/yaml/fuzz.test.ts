import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { renderConfig } from "../rendering/render-config";
import { parseConfig } from "./parse-config";

/** A small generator of numbers, so that a failure can be run again from the seed it prints. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SNIPPETS = [
  ..."[]{}:,-?#&*!|>'\"%@`\t\n\r \\~=.",
  "- ",
  ": ",
  "\n  ",
  "\n- ",
  "\n\t",
  "\r\n",
  "<<: ",
  "&a ",
  "*a",
  "!!int ",
  "!!binary ",
  "|2-\n",
  ">+\n",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "\ufeff",
  "\u0085",
  "\u2028",
  "\u0000",
  "\ud83d",
  "\u{1f642}",
  "{{ . }}",
  "\\x",
  "receivers:\n",
  "route: {",
  "null",
  "0x",
  "1e999",
  "__proto__: ",
];

const good = readFileSync(new URL("../rendering/testdata/team-platform.yml", import.meta.url), "utf8");

function noise(next: (below: number) => number): Uint8Array {
  return Uint8Array.from({ length: next(300) }, () => (next(4) === 0 ? next(256) : 32 + next(95)));
}

function snippets(next: (below: number) => number): string {
  return Array.from({ length: next(60) }, () => SNIPPETS[next(SNIPPETS.length)]).join("");
}

/** A configuration that was good, cut out and changed in a few places. */
function mutated(next: (below: number) => number): string {
  const start = next(3) === 0 ? next(good.length) : 0;
  let text = good.slice(start, start + 200 + next(3000));
  for (let count = 1 + next(4); count > 0; count--) {
    const at = next(text.length + 1);
    const gone = next(3) === 0 ? next(40) : next(3);
    text = text.slice(0, at) + (next(2) === 0 ? SNIPPETS[next(SNIPPETS.length)] : "") + text.slice(at + gone);
  }
  return text;
}

/** `npm run fuzz` gives a number: then all of them, however long they take. */
const ASKED = Number(process.env.FUZZ_INPUTS ?? 0);
const INPUTS = ASKED || 10_000;
const BUDGET = ASKED ? Number.POSITIVE_INFINITY : 12_000;
const LONGEST = 1000;
const MEMORY = 512 * 1024 * 1024;

it("answers every input without throwing, in time, and writes back what it read", {
  timeout: 60_000 + ASKED * 10,
}, () => {
  const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const next = generator(seed);
  const profile = profileFor("alertmanager@0.34");
  const deadline = performance.now() + BUDGET;
  let count = 0;
  // Other tests of this process hold theirs.
  const held = process.memoryUsage().heapUsed;
  while (count < INPUTS && performance.now() < deadline) {
    const kind = count++ % 3;
    const input = kind === 0 ? noise(next) : kind === 1 ? snippets(next) : mutated(next);
    const started = performance.now();
    try {
      const { config, diagnostics } = parseConfig(input, { profile, newId: () => "id" });
      expect(config !== null || diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      if (config && typeof input === "string") expect(renderConfig({ config, source: input }).yaml).toBe(input);
    } catch (error) {
      throw new Error(`seed ${seed}, input ${count}: ${JSON.stringify(String(input))}`, { cause: error });
    }
    const took = performance.now() - started;
    expect(took, `seed ${seed}, input ${count}: ${JSON.stringify(String(input))}`).toBeLessThan(LONGEST);
    if (count % 1000 === 0)
      expect(process.memoryUsage().heapUsed - held, `seed ${seed}, input ${count}`).toBeLessThan(MEMORY);
  }
  // A machine too busy for all of them has still seen enough to notice what is wrong.
  expect(count).toBeGreaterThan(500);
});
