import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { isRefusal } from "./first-refusal";

interface Answer {
  ok: boolean;
  error?: string;
  crash?: boolean;
  reload?: { ok: boolean; error?: string; crash?: boolean };
}
interface Case {
  id: string;
  yaml?: string;
  yamlBase64?: string;
  files?: Record<string, string>;
  expect: Record<string, Answer>;
}

const cases = readFileSync(new URL("./testdata/config.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

/** The text, or its bytes where they are no UTF-8. */
function input({ yaml, yamlBase64 = "" }: Case): string | Uint8Array {
  return yaml ?? Uint8Array.from(atob(yamlBase64), (char) => char.charCodeAt(0));
}

/** What check-config says, and the reload where it is recorded. */
function verdict({ ok, error, reload }: Answer): { ok: boolean; error: string | undefined } {
  return ok && reload ? { ok: reload.ok, error: reload.error } : { ok, error };
}

describe.each(["0.25", "0.28", "0.33", "0.34"])("configurations on %s", (version) => {
  const profile = profileFor(`alertmanager@${version}`);
  const judged = cases.map((entry) => {
    const { diagnostics } = parseConfig(input(entry), { profile, files: entry.files ?? {}, newId: () => "id" });
    const counted = diagnostics.filter(
      (diagnostic) => isRefusal(diagnostic) && (diagnostic.stage !== "reload" || profile.verdict === "reload"),
    );
    return {
      id: entry.id,
      answer: entry.expect[version]!,
      first: diagnostics[0],
      refused: counted.length > 0,
      diagnostics,
    };
  });
  const refused = judged.filter(({ answer }) => !verdict(answer).ok);

  it("are accepted and refused as by the real program", () => {
    const wrong = judged.filter(({ answer, refused: ours }) => verdict(answer).ok === ours);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it("are refused for the first reason of the real program, at a place, in its words", () => {
    const unplaced = refused.filter(({ first }) => !first?.range && first?.path.length !== 0);
    expect(unplaced.map(({ id }) => id)).toEqual([]);
    const other = refused.filter(({ answer, first }) => first?.upstream !== verdict(answer).error);
    expect(other.map(({ id }) => id)).toEqual([]);
  });

  it("never pass when they kill the server", () => {
    const fatal = judged.filter(({ answer }) => answer.crash || answer.reload?.crash);
    const missed = fatal.filter(({ diagnostics }) => !diagnostics.some(({ severity }) => severity === "error"));
    expect(missed.map(({ id }) => id)).toEqual([]);
  });
});
