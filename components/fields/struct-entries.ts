import type { Field, JsonObject, StructDefinition } from "@/lib/alertmanager";

/** One row of a form: a field, or the fields of one group of alternatives. */
export type Entry = { name: string; group?: string; fields: readonly Field[] };

/** What most people set, in addition to what must be set; everything else waits in the fold. */
const PROMINENT: Readonly<Record<string, readonly string[]>> = {
  SlackConfig: ["channel", "title", "text", "send_resolved"],
  PagerdutyConfig: ["description", "severity", "url", "send_resolved"],
  WebhookConfig: ["max_alerts", "send_resolved"],
  EmailConfig: ["to", "from", "smarthost", "html", "send_resolved"],
  OpsGenieConfig: ["message", "priority", "responders", "send_resolved"],
  Route: [
    "matchers",
    "receiver",
    "group_by",
    "continue",
    "group_wait",
    "group_interval",
    "repeat_interval",
    "mute_time_intervals",
  ],
  InhibitRule: ["name", "source_matchers", "target_matchers", "equal"],
  TimeInterval: ["name", "time_intervals"],
  GlobalConfig: ["resolve_timeout", "smtp_smarthost", "smtp_from", "pagerduty_url", "opsgenie_api_url"],
};

export function entriesOf(struct: StructDefinition, omit: readonly string[] = []): Entry[] {
  const entries: Entry[] = [];
  for (const field of struct.fields) {
    if (omit.includes(field.key)) continue;
    const group = field.exclusive;
    const known = group === undefined ? undefined : entries.find((entry) => entry.group === group);
    if (known) known.fields = [...known.fields, field];
    else entries.push({ name: group ?? field.key, ...(group === undefined ? {} : { group }), fields: [field] });
  }
  const rank = (entry: Entry) => (isRequired(struct, entry) ? 0 : 1);
  return entries.sort((a, b) => rank(a) - rank(b));
}

function isRequired(struct: StructDefinition, { group, fields }: Entry): boolean {
  if (group !== undefined && struct.exclusive?.[group]?.required) return true;
  return fields.some(({ required }) => required);
}

/** Shown without opening the fold: required, commonly set, or set already. */
export function isMain(struct: StructDefinition, entry: Entry, value: JsonObject): boolean {
  if (isRequired(struct, entry)) return true;
  const prominent = PROMINENT[struct.name] ?? ["send_resolved"];
  return entry.fields.some(({ key }) => prominent.includes(key) || value[key] !== undefined);
}
