import { isObject } from "../config/is-object";
import type { Config, ConfigDocument, Json, Path } from "../config/types";
import { setAt } from "./apply-fix";
import type { Conflict } from "./merge-documents";

export type Side = "mine" | "theirs";
/** By position in the list of conflicts; what is not named stays as mine. */
export type Sides = Readonly<Record<number, Side>>;

/** The document that `mergeDocuments` made, with a decision for each place where both wrote. */
export function takeSides(merged: ConfigDocument, conflicts: readonly Conflict[], sides: Sides): ConfigDocument {
  const taken = conflicts.filter((_, index) => sides[index] === "theirs");
  const inPlace = taken.filter((conflict) => !isBack(conflict));
  // Conflicts come from the last place to the first; what is put back is appended in the order in which it stood.
  const back = taken.filter(isBack).reverse();
  return [...inPlace, ...back].reduce(takeTheirs, merged);
}

/** Removed by me, changed by them: taking theirs appends it to its list again. */
function isBack({ path, mine }: Conflict): boolean {
  return mine === undefined && typeof path.at(-1) === "number";
}

function takeTheirs(document: ConfigDocument, conflict: Conflict): ConfigDocument {
  const { path, theirs } = conflict;
  if (conflict.template) return takeTemplate(document, String(path[1]), theirs);
  if (!isBack(conflict)) return { ...document, config: put(document.config, path, theirs) };
  const list = path.slice(0, -1).reduce<unknown>(below, document.config);
  const at = Array.isArray(list) ? list.length : 0;
  return { ...document, config: put(document.config, [...path.slice(0, -1), at], theirs) };
}

function below(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isObject(value as Json) ? (value as { [key: string]: unknown })[step] : undefined;
}

function put(config: Config, path: Path, value: Json | undefined): Config {
  return setAt(config as unknown as Json, path, value) as unknown as Config;
}

function takeTemplate(document: ConfigDocument, name: string, content: Conflict["theirs"]): ConfigDocument {
  const others = document.templates.filter((file) => file.name !== name);
  return { ...document, templates: typeof content === "string" ? [...others, { name, content }] : others };
}
