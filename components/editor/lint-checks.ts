import {
  type Config,
  type ConfigDocument,
  type Fix,
  lintConfig,
  type Path,
  profileFor,
  type SeenLabels,
} from "@/lib/alertmanager";
import type { Finding } from "../fields/judges";
import { judged } from "./analyse";

/** What works otherwise than it looks, looked for in a pause; what was found stays until it is looked for again. */
export class LintChecks {
  #about: readonly unknown[] = [];
  #config: Config = {};
  #found: readonly Finding[] = [];

  lacks(document: ConfigDocument, profiles: readonly string[], seen: SeenLabels | null): boolean {
    return !aboutOf(document, profiles, seen).every((part, index) => part === this.#about[index]);
  }

  look(document: ConfigDocument, profiles: readonly string[], seen: SeenLabels | null): void {
    const { config, templates } = document;
    const options = { templates, ...(seen && { seen }) };
    this.#found = judged(profiles, (id) => lintConfig(config, profileFor(id), options));
    this.#config = config;
    this.#about = aboutOf(document, profiles, seen);
  }

  /** What was found last, at the places where it stands now; nothing about values that were edited since. */
  findings(config: Config): readonly Finding[] {
    if (config === this.#config) return this.#found;
    return this.#found.flatMap((finding) => {
      const path = movedPath(finding.path, this.#config, config);
      if (!path) return [];
      const { fix, ...rest } = finding;
      const moved = fix && movedFix(fix, this.#config, config);
      return [{ ...rest, path, ...(moved && { fix: moved }) }];
    });
  }
}

function aboutOf({ config, templates }: ConfigDocument, profiles: readonly string[], seen: SeenLabels | null) {
  return [config, templates, profiles.join(), seen];
}

/** A repair that writes a part of the document as it was would undo what was edited since. */
function movedFix(fix: Fix, before: Config, after: Config): Fix | null {
  const edits = fix.edits.map(({ path, ...edit }) => {
    const moved = typeof edit.value === "object" ? null : movedPath(path, before, after);
    return moved && { ...edit, path: moved };
  });
  const known = edits.filter((edit) => edit !== null);
  return known.length === edits.length ? { ...fix, edits: known } : null;
}

/** Where that stands now which stood at `path`; elements are known by their ids, all else must be as it was. */
function movedPath(path: Path, before: unknown, after: unknown): Path | null {
  const moved: (string | number)[] = [];
  let [was, is]: [unknown, unknown] = [before, after];
  let identified = false;
  for (const step of path) {
    const element = at(was, step);
    const id = idOf(element);
    identified = id !== undefined && Array.isArray(is);
    const place = identified ? indexOf(is as readonly unknown[]).get(id as string) : step;
    if (place === undefined) return null;
    moved.push(place);
    [was, is] = [element, at(is, place)];
  }
  return identified || was === is ? moved : null;
}

function at(node: unknown, step: string | number): unknown {
  return typeof node === "object" && node !== null ? Reflect.get(node, step) : undefined;
}

function idOf(node: unknown): string | undefined {
  const id = at(node, "id");
  return typeof id === "string" ? id : undefined;
}

const indexes = new WeakMap<readonly unknown[], ReadonlyMap<string, number>>();

function indexOf(elements: readonly unknown[]): ReadonlyMap<string, number> {
  let index = indexes.get(elements);
  if (!index) {
    index = new Map(elements.map((element, position) => [idOf(element) ?? "", position]));
    indexes.set(elements, index);
  }
  return index;
}
