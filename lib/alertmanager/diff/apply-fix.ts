import type { Config, Json, Path } from "../config/types";
import type { Fix } from "../validation/diagnostic";

/** The configuration with the repair made; untouched parts keep their identity. */
export function applyFix(config: Config, fix: Fix): Config {
  // Later places in a list first, so that a removal does not shift what comes after it.
  const edits = [...fix.edits].sort((a, b) => comparePaths(b.path, a.path));
  return edits.reduce(
    (current, { path, value }) => setAt(current as unknown as Json, path, value),
    config as unknown as Json,
  ) as unknown as Config;
}

export function setAt(target: Json, path: Path, value: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value === undefined ? target : value;
  if (Array.isArray(target)) {
    const index = Number(step);
    if (rest.length === 0 && value === undefined) return target.filter((_, position) => position !== index);
    const copy = [...target];
    copy[index] = setAt(copy[index] ?? {}, rest, value);
    return copy;
  }
  const object = target !== null && typeof target === "object" ? target : {};
  if (rest.length === 0 && value === undefined) {
    const { [step]: _, ...others } = object;
    return others;
  }
  const inner = object[step] ?? (typeof rest[0] === "number" ? [] : {});
  return { ...object, [step]: rest.length === 0 ? (value as Json) : setAt(inner, rest, value) };
}

function comparePaths(a: Path, b: Path): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left, right] = [a[index], b[index]];
    if (left === right) continue;
    if (typeof left === "number" && typeof right === "number") return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return a.length - b.length;
}
