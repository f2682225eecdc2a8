import { isMerge, type MapNode, resolved, type SourceNode } from "../yaml/nodes";
import { parseSource } from "../yaml/source";
import { type Expectation, expectationFault, isExpectation } from "./expectation";

/**
 * What is wrong with a text, at a line counted from 1. `params`: `yaml` {reason}, `wrong` {fault, field} (as
 * `expectationFault` says), `twice` {name}; `no_list` when there is no list `expectations` and nothing else.
 */
export interface ExpectationsProblem {
  code: "yaml" | "no_list" | "wrong" | "twice";
  line: number;
  params: Readonly<Record<string, string>>;
}

export type ReadExpectations =
  | { expectations: readonly Expectation[]; problem: null }
  | { expectations: null; problem: ExpectationsProblem };

/** Aliases make much of little. */
const MOST_NODES = 200_000;

/**
 * Expectations of a YAML text, `expectations:` with a list, as the strict YAML 1.1 reader of configurations reads it.
 * Scalars are taken as they are written (`code: 500` is the text "500"); merge keys are not read. The first problem ends it.
 */
export function readExpectations(text: string): ReadExpectations {
  const source = parseSource(text);
  const fail = (code: ExpectationsProblem["code"], line: number, params: ExpectationsProblem["params"] = {}) =>
    ({ expectations: null, problem: { code, line, params } }) as const;
  if (source.problem) {
    const { reason, line, offset } = source.problem;
    return fail("yaml", line > 0 ? line : source.line(offset), { reason });
  }
  const root = source.root && resolved(source.root);
  if (source.extraDocument) return fail("no_list", source.line(source.extraDocument.offset));
  if (root?.kind !== "map" || root.pairs.length !== 1) return fail("no_list", 1);
  const [pair] = root.pairs;
  const list = pair && resolved(pair.value);
  if (!pair || textOf(pair.key) !== "expectations" || list?.kind !== "seq") return fail("no_list", 1);
  const reader = new PlainReader();
  const found: Expectation[] = [];
  const names = new Set<string>();
  for (const item of list.items) {
    const line = source.line(item.start);
    const value = withMuted(reader.value(item));
    if (!isExpectation(value)) {
      const fault = expectationFault(value);
      return fail("wrong", line, { fault: fault?.code ?? "no_object", field: fault?.field ?? "" });
    }
    if (names.has(value.name)) return fail("twice", line, { name: value.name });
    names.add(value.name);
    found.push(value);
  }
  return { expectations: found, problem: null };
}

/** A text that `readExpectations` reads as the same expectations. Keys always stand in one order, for version control. */
export function printExpectations(expectations: readonly Expectation[]): string {
  if (expectations.length === 0) return "expectations: []\n";
  return `expectations:\n${expectations.map(printOne).join("")}`;
}

function printOne({ name, labels, receivers, reaches, not, at, muted }: Expectation): string {
  const lines = [`name: ${quoted(name)}`, "labels:"];
  for (const [label, value] of Object.entries(labels)) lines.push(`  ${plainOr(label)}: ${quoted(value)}`);
  for (const [key, list] of Object.entries({ receivers, reaches, not })) {
    if (list) lines.push(`${key}: [${list.map(quoted).join(", ")}]`);
  }
  if (at !== undefined) lines.push(`at: ${quoted(at)}`);
  if (muted !== undefined) lines.push(`muted: ${muted}`);
  return lines.map((line, index) => `${index === 0 ? "  - " : "    "}${line}\n`).join("");
}

/** JSON's strings are YAML's, but for what YAML does not let stand in a text. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** `y`, `no` and the like are no texts to every reader. */
function plainOr(label: string): string {
  const plain = /^[a-zA-Z_][a-zA-Z0-9_]{2,100}$/.test(label) && !/^(?:yes|off|true|false|null|nan|inf)$/i.test(label);
  return plain ? label : quoted(label);
}

function textOf(written: SourceNode): string | null {
  const node = resolved(written);
  return node.kind === "scalar" ? node.value : null;
}

function withMuted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("muted" in value)) return value;
  const { muted } = value;
  return { ...value, muted: muted === "true" ? true : muted === "false" ? false : muted };
}

/** Texts, lists and maps of them; `undefined` for what is none of these, so that it is refused where it stands. */
class PlainReader {
  #left = MOST_NODES;
  readonly #inside = new Set<SourceNode>();

  value(written: SourceNode): unknown {
    const node = resolved(written);
    if (--this.#left < 0 || this.#inside.has(node)) return null;
    if (node.kind === "scalar") {
      // Nothing written, or `~`: no text. In quotes it is one.
      return node.style === "plain" && /^(?:~|null|Null|NULL|)$/.test(node.value) ? null : node.value;
    }
    this.#inside.add(node);
    const value = node.kind === "seq" ? node.items.map((item) => this.value(item)) : this.#map(node);
    this.#inside.delete(node);
    return value;
  }

  #map({ pairs }: MapNode): unknown {
    const entries = new Map<string, unknown>();
    for (const pair of pairs) {
      const key = textOf(pair.key);
      if (key === null || isMerge(pair) || entries.has(key)) return null;
      entries.set(key, this.value(pair.value));
    }
    return Object.fromEntries(entries);
  }
}
