import type { Json } from "../config/types";
import { isMerge, keyOf, type MapNode, resolved, type ScalarNode, type SourceNode } from "../yaml/nodes";
import { resolvePlain, resolveTagged } from "../yaml/scalars";
import { parseSource } from "../yaml/source";
import type { Body } from "./json-body";

/** More than a notification holds, and little enough to be walked. */
const MOST_NODES = 100_000;

class Unreadable extends Error {}

/**
 * A rendered text read once more as YAML 1.1, as Alertmanager does with a webhook's `payload`, PagerDuty's `details` and
 * Jira's `fields`: what it holds unless that is a string, or the text as it is when it is a string or no YAML.
 */
export function readAgain(text: string): Body {
  const { root, problem } = parseSource(text);
  if (problem) return text;
  if (!root) return null;
  try {
    const value = new Reader().value(root);
    return typeof value === "string" ? text : value;
  } catch (error) {
    if (error instanceof Unreadable) return text;
    throw error;
  }
}

class Reader {
  #left = MOST_NODES;
  readonly #inside = new Set<SourceNode>();

  value(written: SourceNode): Body {
    if (--this.#left < 0 || this.#inside.has(written)) throw new Unreadable();
    const node = resolved(written);
    if (node.kind === "scalar") return scalar(node);
    this.#inside.add(written);
    const value = node.kind === "seq" ? node.items.map((item) => this.value(item)) : this.#map(node, new Map());
    this.#inside.delete(written);
    return value;
  }

  /** Keys that are no strings are dropped, but they may still stand twice. */
  #map(node: MapNode, found: Map<string, Body>): Map<string, Body> {
    const seen = new Set<string>();
    for (const pair of node.pairs) {
      if (isMerge(pair)) {
        this.#merge(pair.value, found);
        continue;
      }
      const key = resolved(pair.key);
      if (key.kind !== "scalar") throw new Unreadable();
      const typed = scalar(key);
      const value = this.value(pair.value);
      if (seen.has(`${typeof typed} ${String(typed)}`)) continue;
      seen.add(`${typeof typed} ${String(typed)}`);
      if (typeof typed === "string") found.set(keyOf(pair) ?? typed, value);
    }
    return found;
  }

  #merge(written: SourceNode, found: Map<string, Body>): void {
    const maps = written.kind === "seq" ? [...written.items].reverse() : [written];
    for (const map of maps) {
      const target = resolved(map);
      if (target.kind !== "map" || this.#inside.has(map)) throw new Unreadable();
      this.#inside.add(map);
      this.#map(target, found);
      this.#inside.delete(map);
    }
  }
}

function scalar(node: ScalarNode): Exclude<Json, object> | bigint {
  const tag = node.properties?.tag ?? null;
  if (tag === null) return node.style === "plain" ? resolvePlain(node.value).value : node.value;
  const found = resolveTagged(tag, node.value);
  if (typeof found === "string") throw new Unreadable();
  return found.value;
}
