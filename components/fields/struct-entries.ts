import type { Field, JsonObject, StructDefinition } from "@/lib/alertmanager";

/** One row of a form: a field, or the fields of one group of alternatives. */
export type Entry = { name: string; group?: string; fields: readonly Field[] };

/** What most people set, in addition to what must be set; everything else waits in the fold. */
const PROMINENT: Readonly<Record<string, readonly string[]>> = {
  SlackConfig: ["api_url", "channel", "title", "text", "send_resolved"],
  PagerdutyConfig: ["routing_key", "description", "severity", "url", "send_resolved"],
  WebhookConfig: ["url", "max_alerts", "send_resolved"],
  EmailConfig: ["to", "from", "smarthost", "auth_username", "auth_password", "html", "send_resolved"],
  OpsGenieConfig: ["api_key", "message", "priority", "responders", "send_resolved"],
  TelegramConfig: ["bot_token", "chat_id", "message", "send_resolved"],
  VictorOpsConfig: ["api_key", "routing_key", "message_type", "send_resolved"],
  WechatConfig: ["api_secret", "corp_id", "to_user", "to_party", "message", "send_resolved"],
  SNSConfig: ["topic_arn", "subject", "message", "send_resolved"],
  JiraConfig: ["api_url", "project", "issue_type", "summary", "description", "send_resolved"],
  WebexConfig: ["room_id", "message", "send_resolved"],
  RocketchatConfig: ["token", "token_id", "channel", "title", "text", "send_resolved"],
  MattermostConfig: ["webhook_url", "channel", "text", "send_resolved"],
  TimeIntervalItem: ["times", "weekdays", "days_of_month", "months", "years", "location"],
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
  GlobalConfig: [
    "resolve_timeout",
    "slack_api_url",
    "smtp_smarthost",
    "smtp_from",
    "smtp_auth_username",
    "smtp_auth_password",
  ],
};

const laidOut = new WeakMap<StructDefinition, Map<string, readonly Entry[]>>();

/** Worked out once for each struct: forms ask again with every letter. */
export function entriesOf(struct: StructDefinition, omit: readonly string[] = []): readonly Entry[] {
  const ofStruct = laidOut.get(struct) ?? new Map<string, readonly Entry[]>();
  laidOut.set(struct, ofStruct);
  const key = omit.join(" ");
  const entries = ofStruct.get(key) ?? inOrder(struct, omit);
  ofStruct.set(key, entries);
  return entries;
}

function inOrder(struct: StructDefinition, omit: readonly string[]): Entry[] {
  const entries: Entry[] = [];
  for (const field of struct.fields) {
    if (omit.includes(field.key)) continue;
    const group = field.exclusive;
    const known = group === undefined ? undefined : entries.find((entry) => entry.group === group);
    if (known) known.fields = [...known.fields, field];
    else entries.push({ name: group ?? field.key, ...(group === undefined ? {} : { group }), fields: [field] });
  }
  const prominent = prominentOf(struct);
  const rank = (entry: Entry) => {
    if (isRequired(struct, entry)) return -1;
    const places = entry.fields.map(({ key }) => prominent.indexOf(key)).filter((place) => place >= 0);
    return places.length > 0 ? Math.min(...places) : prominent.length;
  };
  return entries.sort((a, b) => rank(a) - rank(b));
}

function prominentOf(struct: StructDefinition): readonly string[] {
  return PROMINENT[struct.name] ?? ["send_resolved"];
}

function isRequired(struct: StructDefinition, { group, fields }: Entry): boolean {
  if (group !== undefined && struct.exclusive?.[group]?.required) return true;
  return fields.some(({ required }) => required);
}

/** Shown without opening the fold: required, commonly set, or set already. */
export function isMain(struct: StructDefinition, entry: Entry, value: JsonObject): boolean {
  if (isRequired(struct, entry)) return true;
  const prominent = prominentOf(struct);
  return entry.fields.some(({ key }) => prominent.includes(key) || value[key] !== undefined);
}
