import type { Config, Json, JsonObject, Path } from "@/lib/alertmanager";

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at `path`, or undefined when a step leads nowhere. */
export function getIn(root: unknown, path: Path): Json | undefined {
  let value = root as Json | undefined;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === "number") value = value[step];
    else if (isObject(value) && typeof step === "string") value = value[step];
    else return undefined;
  }
  return value;
}

function setIn(node: Json | undefined, path: Path, value: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = Array.isArray(node) ? [...node] : [];
    const next = setIn(list[step], rest, value);
    if (next === undefined) list.splice(step, 1);
    else list[step] = next;
    return list;
  }
  const object: JsonObject = isObject(node) ? { ...node } : {};
  const next = setIn(object[step], rest, value);
  if (next === undefined) delete object[step];
  else object[step] = next;
  return object;
}

/** A copy with `value` at `path`; `undefined` takes the key or the element away. What is not on the way is shared. */
export function setAt(config: Config, path: Path, value: Json | undefined): Config {
  return (setIn(config as Json, path, value) ?? {}) as Config;
}
