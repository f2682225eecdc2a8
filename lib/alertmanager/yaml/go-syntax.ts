import { goQuote } from "../go/quote";
import { isMerge, resolved, type ScalarNode, type SourceNode } from "./nodes";
import { resolvePlain, resolveTagged } from "./scalars";

/** A scalar key as Go's `%#v` prints the value that it is. */
export function goKey(node: ScalarNode): string {
  const tag = node.properties?.tag ?? null;
  const found =
    tag !== null ? resolveTagged(tag, node.value) : node.style === "plain" ? resolvePlain(node.value) : null;
  if (found === null || typeof found === "string" || found.tag === "!!timestamp") return goQuote(node.value);
  const { value } = found;
  if (value === null) return "interface {}(nil)";
  return typeof value === "string" ? goQuote(value) : goNumber(value);
}

function goNumber(value: number | bigint | boolean): string {
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}

/** Aliases can make a value endless; nobody reads more of it. */
const MOST = 1000;

/** A value that was given no type, as Go's `%#v` prints it. */
export function goSyntax(written: SourceNode, budget = { left: MOST }): string {
  const node = resolved(written);
  if (--budget.left < 0) return "…";
  if (node.kind === "scalar") return goKey(node);
  if (node.kind === "seq") return `[]interface {}{${node.items.map((item) => goSyntax(item, budget)).join(", ")}}`;
  const pairs = node.pairs.filter((pair) => !isMerge(pair));
  const shown = pairs.map(({ key, value }) => `${goSyntax(key, budget)}:${goSyntax(value, budget)}`);
  return `map[interface {}]interface {}{${shown.sort().join(", ")}}`;
}
