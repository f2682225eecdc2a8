import type { Path } from "@/lib/alertmanager";
import type { Finding } from "./judges";
import { pathId } from "./path-id";

type Found = readonly Finding[];
const NONE: Found = [];

/**
 * Findings by place. What did not change stays the same object, so that of a thousand fields only those whose findings
 * changed are drawn again, and only they are looked at here.
 */
export class DiagnosticsIndex {
  #all: Found = NONE;
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

  /** A finding that is the same object as before did not change; those that stay are in the order they were in. */
  replace(diagnostics: Found): void {
    const places = new Map(diagnostics.map((diagnostic, index) => [diagnostic, index]));
    const before = new Set(this.#all);
    const gone = this.#all.filter((diagnostic) => !places.has(diagnostic));
    const come = diagnostics.filter((diagnostic) => !before.has(diagnostic));
    this.#all = diagnostics;
    this.#at = changed(this.#at, byId(gone, at), byId(come, at), places);
    this.#below = changed(this.#below, byId(gone, around), byId(come, around), places);
    for (const listener of this.#listeners) listener();
  }
}

const at = (path: Path) => [pathId(path)];
const around = (path: Path) => [...path.keys(), path.length].map((length) => pathId(path.slice(0, length)));

function byId(diagnostics: Found, ids: (path: Path) => string[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const diagnostic of diagnostics) {
    for (const id of ids(diagnostic.path)) {
      const list = found.get(id);
      if (list) list.push(diagnostic);
      else found.set(id, [diagnostic]);
    }
  }
  return found;
}

function changed(
  lists: ReadonlyMap<string, Found>,
  gone: ReadonlyMap<string, Found>,
  come: ReadonlyMap<string, Found>,
  places: ReadonlyMap<Finding, number>,
): Map<string, Found> {
  const next = new Map(lists);
  const placeOf = (finding: Finding) => places.get(finding) ?? 0;
  for (const id of new Set([...gone.keys(), ...come.keys()])) {
    const stay = (lists.get(id) ?? NONE).filter((finding) => places.has(finding));
    const list = [...stay, ...(come.get(id) ?? NONE)].sort((a, b) => placeOf(a) - placeOf(b));
    if (list.length > 0) next.set(id, list);
    else next.delete(id);
  }
  return next;
}
