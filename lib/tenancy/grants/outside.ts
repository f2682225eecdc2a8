import { type Config, type ConfigChange, type ConfigDocument, diffConfig, type Json } from "@/lib/alertmanager";
import type { GrantablePart, Grants } from "./contract";
import { coversReceiver } from "./covers/contract";

type Tree = { readonly [key: string]: Json | undefined };

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const LOCKED = ["id", "match", "match_re", "matchers", "continue"];

/** Of a granted subtree only what its owner may not touch. */
function withoutSubtrees(route: unknown, ids: ReadonlySet<string>): unknown {
  if (!isTree(route)) return route;
  if (typeof route.id === "string" && ids.has(route.id)) {
    return Object.fromEntries(LOCKED.filter((key) => route[key] !== undefined).map((key) => [key, route[key]]));
  }
  const { routes } = route;
  return Array.isArray(routes) ? { ...route, routes: routes.map((child) => withoutSubtrees(child, ids)) } : route;
}

const KEYS: Readonly<Record<GrantablePart, readonly string[]>> = {
  templates: ["templates"],
  time_intervals: ["time_intervals", "mute_time_intervals"],
  inhibit_rules: ["inhibit_rules"],
  global: ["global"],
};

/** What is left of a document without what is granted. Whoever changes this goes beyond their grants. */
function withoutGranted({ config, templates }: ConfigDocument, grants: Grants): ConfigDocument {
  const ids = new Set(grants.routes.map(({ id }) => id));
  const granted = new Set(grants.parts.flatMap((part) => KEYS[part]));
  const entries = Object.entries(config as Tree)
    .filter(([key, value]) => !granted.has(key) && value !== undefined)
    .map(([key, value]): [string, unknown] => {
      if (key === "route") return [key, withoutSubtrees(value, ids)];
      if (key !== "receivers" || !Array.isArray(value)) return [key, value];
      return [key, value.filter((receiver) => !(isTree(receiver) && coversReceiver(grants, receiver.name)))];
    });
  return {
    config: Object.fromEntries(entries) as Config,
    templates: grants.parts.includes("templates") ? [] : templates,
    // The text is made of the configuration; what it says beside are comments.
    source: null,
  };
}

/** What differs between the two outside of the grants, by name; empty when nothing does. */
export function outsideGrants(before: ConfigDocument, after: ConfigDocument, grants: Grants): string[] {
  const [a, b] = [withoutGranted(before, grants), withoutGranted(after, grants)];
  if (same(a.config, b.config) && same(a.templates, b.templates)) return [];
  const names = new Set(diffConfig(a, b).map(nameOf));
  return names.size === 0 ? ["configuration"] : [...names];
}

/** The order of lists counts, that of keys does not, and a key that is undefined is absent. */
function same(a: unknown, b: unknown): boolean {
  return ordered(a) === ordered(b);
}

function ordered(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isTree(inner) ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1))) : inner,
  );
}

function nameOf({ noun, label }: ConfigChange): string {
  // `pager › slack_configs[0]` is a part of the receiver.
  if (noun === "integration") return `receiver ${label.split(" › ")[0]}`;
  return `${noun.replaceAll("_", " ")} ${label}`.trim();
}
