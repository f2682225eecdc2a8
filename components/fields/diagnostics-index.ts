import type { Finding } from "./judges";
import { pathId } from "./path-id";

type Found = readonly Finding[];
const NONE: Found = [];

/**
 * Findings by place. What did not change stays the same object, so that of a thousand fields only those whose findings
 * changed are drawn again.
 */
export class DiagnosticsIndex {
  #known = new Map<string, Finding>();
  #at = new Map<string, Found>();
  #below = new Map<string, Found>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Findings of the element with this id and, with `below`, of everything inside it. */
  readonly of = (id: string, below: boolean): Found => (below ? this.#below : this.#at).get(id) ?? NONE;

  replace(diagnostics: Found): void {
    const known = new Map<string, Finding>();
    const at = new Map<string, Finding[]>();
    const below = new Map<string, Finding[]>();
    for (const diagnostic of diagnostics) {
      const text = JSON.stringify(diagnostic);
      const same = this.#known.get(text) ?? diagnostic;
      known.set(text, same);
      const { path } = same;
      push(at, pathId(path), same);
      for (let length = 0; length <= path.length; length++) push(below, pathId(path.slice(0, length)), same);
    }
    this.#known = known;
    this.#at = keeping(this.#at, at);
    this.#below = keeping(this.#below, below);
    for (const listener of this.#listeners) listener();
  }
}

function push(map: Map<string, Finding[]>, id: string, diagnostic: Finding): void {
  const list = map.get(id);
  if (list) list.push(diagnostic);
  else map.set(id, [diagnostic]);
}

function keeping(before: ReadonlyMap<string, Found>, after: ReadonlyMap<string, Found>): Map<string, Found> {
  const kept = new Map<string, Found>();
  for (const [id, list] of after) {
    const old = before.get(id);
    const same = old?.length === list.length && old.every((diagnostic, index) => diagnostic === list[index]);
    kept.set(id, same ? old : list);
  }
  return kept;
}
