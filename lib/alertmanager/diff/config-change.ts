import type { Json, Path } from "../config/types";

export type ChangeKind = "added" | "removed" | "changed" | "moved" | "renamed";
export type ChangeNoun =
  | "receiver"
  | "integration"
  | "route"
  | "global"
  | "inhibit_rule"
  | "time_interval"
  | "template"
  | "template_pattern"
  | "tracing"
  | "event_recorder"
  | "other";

/** One step from one configuration to another. `path` is where it stands after (for `removed`: where it stood). */
export interface ConfigChange {
  kind: ChangeKind;
  noun: ChangeNoun;
  path: Path;
  /** What a person calls the thing: the receiver's name, the route's matchers. */
  label: string;
  /** The field within it, `http_config.proxy_url`; absent when the thing came, went or moved as a whole. */
  key?: string;
  before?: Json;
  after?: Json;
  /** The values are secret: `before` and `after` say only whether there is one. */
  secret?: boolean;
}

export interface PlanLine {
  added: number;
  changed: number;
  removed: number;
}

/** Things, not fields: a receiver with three changed fields is one that changes. */
export function planLine(changes: readonly ConfigChange[]): PlanLine {
  const seen = new Set<string>();
  const plan: PlanLine = { added: 0, changed: 0, removed: 0 };
  for (const { kind, noun, path, label } of changes) {
    const sort = kind === "added" || kind === "removed" ? kind : "changed";
    const depth = noun === "integration" ? 4 : noun === "route" ? path.length : 2;
    const thing = JSON.stringify([
      sort,
      noun,
      noun === "global" ? [] : path.slice(0, depth),
      noun === "global" ? "" : label,
    ]);
    if (seen.has(thing)) continue;
    seen.add(thing);
    plan[sort]++;
  }
  return plan;
}
