import { fieldAt } from "../config/field-at";
import { isObject } from "../config/is-object";
import { isSecretField } from "../config/secrets";
import type { Json, JsonObject, Path } from "../config/types";
import { equalJson } from "../rendering/equal";
import type { ChangeNoun, ConfigChange } from "./config-change";

export interface Thing {
  noun: ChangeNoun;
  label: string;
  path: Path;
}

/** What a secret shows of itself in a diff. */
export const HIDDEN = "<secret>";

/** Each changed field of a thing, nested ones as a path of keys; lists of plain values change as a whole. */
export function diffFields(
  thing: Thing,
  before: JsonObject,
  after: JsonObject,
  skip: ReadonlySet<string> = NONE,
): ConfigChange[] {
  const changes: ConfigChange[] = [];
  walk(thing, before, after, [], skip, changes);
  return changes;
}

const NONE: ReadonlySet<string> = new Set();

function walk(
  thing: Thing,
  before: JsonObject,
  after: JsonObject,
  at: Path,
  skip: ReadonlySet<string>,
  changes: ConfigChange[],
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (at.length === 0 && (skip.has(key) || key === "id")) continue;
    const [was, is] = [before[key], after[key]];
    if (equalJson(was, is)) continue;
    const path = [...at, key];
    if (isObject(was) && isObject(is)) walk(thing, was, is, path, NONE, changes);
    else if (isObjects(was) && isObjects(is) && was.length === is.length) {
      was.forEach((item, index) => {
        walk(thing, item, is[index]!, [...path, index], NONE, changes);
      });
    } else changes.push(fieldChange(thing, path, was, is));
  }
}

function fieldChange(
  { noun, label, path }: Thing,
  at: Path,
  was: Json | undefined,
  is: Json | undefined,
): ConfigChange {
  const field = fieldAt([...path, ...at]);
  const secret = field !== undefined && isSecretField(field.type);
  const show = (value: Json | undefined) => (secret ? HIDDEN : withoutSecrets(value as Json, [...path, ...at]));
  return {
    kind: "changed",
    noun,
    path: [...path, ...at],
    label,
    key: printKeyPath(at),
    ...(was === undefined ? {} : { before: show(was) }),
    ...(is === undefined ? {} : { after: show(is) }),
    ...(secret ? { secret: true } : {}),
  };
}

function printKeyPath(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    "",
  );
}

/** A copy in which every secret below is hidden: whole blocks are shown when they come or go. */
export function withoutSecrets(value: Json, path: Path): Json {
  if (Array.isArray(value)) return value.map((item, index) => withoutSecrets(item, [...path, index]));
  if (!isObject(value)) {
    const field = fieldAt(path);
    return field && isSecretField(field.type) && value !== null ? HIDDEN : value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, [...path, key])]));
}

function isObjects(value: Json | undefined): value is JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
