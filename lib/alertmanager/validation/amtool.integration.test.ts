import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import type { Diagnostic } from "./diagnostic";
import { isRefusal } from "./first-refusal";
import { mutated, RandomConfig, seeded } from "./random-config";

const AMTOOL = "/usr/bin/amtool";
const ROUNDS = process.env.SOAK ? 2_000 : 150;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const folder = mkdtempSync(path.join(tmpdir(), "amtool-random-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  ok: boolean;
  error?: string;
}

/** What the real program says of each file; one that kills it is asked alone. */
function ask(files: readonly string[], answers = new Map<string, Answer>()): Map<string, Answer> {
  const { stdout, stderr } = spawnSync(AMTOOL, ["check-config", ...files], { encoding: "utf8", maxBuffer: 2 ** 28 });
  for (const part of `${stdout}\n`.split(/^Checking '/m).slice(1)) {
    const [file = "", ...rest] = part.split("'");
    const said = rest.join("'");
    const error = /FAILED: ([\s\S]*?)\n*$/.exec(said)?.[1];
    if (error !== undefined) answers.set(file, { ok: false, error: error.replaceAll(folder, "<DIR>") });
    else if (/^ +SUCCESS/.test(said)) answers.set(file, { ok: true });
  }
  const unanswered = files.filter((file) => !answers.has(file));
  if (files.length === 1 && unanswered.length === 1) {
    answers.set(files[0]!, { ok: false, error: /^panic: .*$/m.exec(stderr)?.[0] ?? stderr });
  } else for (const file of unanswered) ask([file], answers);
  return answers;
}

/** The real program walks Go maps in no order: of several bad keys of one map it may name any. */
function alsoFirst(first: Diagnostic, all: readonly Diagnostic[]): (string | undefined)[] {
  const place = first.path.slice(0, -1).join(" ");
  const twins = all.filter(({ code, path: at }) => code === first.code && at.slice(0, -1).join(" ") === place);
  return twins.map(({ upstream }) => upstream);
}

function disagreement(text: string, answer: Answer | undefined): string | null {
  const profile = profileFor("alertmanager@0.25");
  const { diagnostics } = parseConfig(text, { profile, files: {}, newId: () => "id" });
  const refusals = diagnostics.filter((found) => isRefusal(found) && found.stage !== "reload");
  const [first] = refusals;
  if (!answer) return "no answer";
  if (answer.ok) return first ? `accepted, but we say: ${first.upstream ?? first.message}` : null;
  if (!first) return `refused: ${answer.error}`;
  return alsoFirst(first, refusals).includes(answer.error) ? null : `says ${answer.error}\nwe say ${first.upstream}`;
}

describe.skipIf(!existsSync(AMTOOL))(
  "amtool check-config of Alertmanager 0.25 (skipped when it is not installed)",
  () => {
    it.each([
      ["written by a grammar", (text: string) => text],
      ["with an accident of writing", mutated],
      ["with two accidents", (text: string, random: () => number) => mutated(mutated(text, random), random)],
    ])(
      `agrees on configurations %s, seed ${SEED}`,
      (_, change) => {
        const random = seeded(SEED);
        const generator = new RandomConfig(random, profileFor("alertmanager@0.25"));
        for (let start = 0; start < ROUNDS; start += 50) {
          const texts = Array.from({ length: Math.min(50, ROUNDS - start) }, () => change(generator.text(), random));
          const files = texts.map((text, index) => {
            const file = path.join(folder, `${index}.yml`);
            writeFileSync(file, text);
            return file;
          });
          const answers = ask(files);
          const different = texts.flatMap((text, index) => {
            const found = disagreement(text, answers.get(files[index]!));
            return found ? [`${found}\n--- (seed ${SEED})\n${text}`] : [];
          });
          expect(different).toEqual([]);
        }
      },
      600_000,
    );
  },
);
