import type { Field } from "../../fields";
import { printUrl } from "../../go/url-string";
import { INTEGRATIONS } from "../../integrations/integrations";
import type { TargetProfile } from "../../profiles/profiles";
import { GLOBAL_STRUCT } from "../global";
import { isSecretRef } from "../secret-ref";
import type { IntegrationKey, Json, JsonObject } from "../types";
import { COMPLETE } from "./inherit";
import { type Held, HeldUrl, isLoaded, type Loaded, load } from "./load";

/** What an absent key holds once the target has loaded the configuration, and whether `global` says so. */
export type InheritedValue = { from: "global"; key: string; value: Json } | { from: "default"; value: Json };

/**
 * What the target fills in for the keys that one integration does not set, by key: from `global`, by upstream's rules for
 * each kind and version (a secret and its file are taken together, a Slack webhook keeps the token of `global` out), or a
 * default, also one of `global` itself. Secrets stay the references that they are. A block such as `http_config` is given
 * as `global` writes it. Keys that stay empty are absent. Drafts with errors give what can be had.
 */
export function inheritedValues(
  kind: IntegrationKey,
  integration: JsonObject,
  global: JsonObject,
  profile: TargetProfile,
): Readonly<Record<string, InheritedValue>> {
  const definition = INTEGRATIONS[kind];
  const above = load(global, GLOBAL_STRUCT, profile);
  const item = load(integration, definition, profile);
  const before = { ...item };
  COMPLETE[kind](item, { global: above, profile });
  const values: Record<string, InheritedValue> = {};
  for (const field of definition.fields) {
    const held = item[field.key];
    if (isWritten(integration[field.key]) || held === undefined) continue;
    const value = inheritedValue(
      field,
      held,
      before[field.key] === undefined ? sourceOf(field, held, above) : null,
      global,
    );
    if (value) values[field.key] = value;
  }
  return values;
}

function inheritedValue(field: Field, held: Held, source: string | null, global: JsonObject): InheritedValue | null {
  const written = source === null ? undefined : global[source];
  if (field.type.kind === "struct") {
    if (source === null || !isWritten(written)) return null;
    return { from: "global", key: source, value: written };
  }
  const value = plain(held);
  if (isEmpty(value)) return null;
  return source !== null && isWritten(written) ? { from: "global", key: source, value } : { from: "default", value };
}

/** The key of `global` that gave the value: one of those that the field names, else the one that holds this very value. */
function sourceOf(field: Field, held: Held, global: Loaded): string | null {
  const named = field.inherits === undefined ? [] : [field.inherits].flat();
  const same = named.find((key) => global[key] === held) ?? Object.keys(global).find((key) => global[key] === held);
  return same ?? named[0] ?? null;
}

function isWritten(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== "";
}

function isEmpty(value: Json): boolean {
  if (value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function plain(held: Held): Json {
  if (held instanceof HeldUrl) return isSecretRef(held.text) ? held.text : printUrl(held.text, { slash: held.slash });
  if (Array.isArray(held)) return held.map(plain);
  if (isLoaded(held)) return Object.fromEntries(Object.entries(held).map(([key, item]) => [key, plain(item)]));
  return held;
}
