import type { FieldType, StructDefinition } from "../fields";

/** Structs that upstream decodes without an UnmarshalYAML of their own: messages name the type itself. */
const OWN_NAME = new Set([
  "OpsGenieConfigResponder",
  "PagerdutyImage",
  "PagerdutyLink",
  "MattermostAttachment",
  "MattermostPriority",
  "MattermostProps",
  "ThreadingConfig",
  "Authorization",
  "Header",
  "RocketchatAttachmentField",
  "RocketchatAttachmentAction",
  "EventRecorderConfig",
  "StdoutOutputConfig",
  "TimeIntervalItem",
  "TimeRange",
]);
/** What upstream calls the type where we call it otherwise. */
const GO_NAMES: Record<string, string> = {
  EventRecorderConfig: "Config",
  TimeIntervalItem: "TimeInterval",
};
/** Where a struct stands outside the package `config`, and since which version. */
const PACKAGES: readonly [RegExp, string, since?: number][] = [
  [/^SigV4/i, "sigv4"],
  [/^(?:TimeIntervalItem|TimeRange)$/, "timeinterval"],
  [/^Tracing/, "tracing"],
  [/^(?:EventRecorder|(?:File|Webhook|Kafka|Stdout)Output)/, "eventrecorder"],
  [/^InhibitRule/, "common", 32],
  [/^Webhook/, "webhook", 33],
  [/^Discord/, "discord", 33],
  [/^Jira/, "jira", 33],
  [/^Mattermost/, "mattermost", 33],
  [/^Incidentio/i, "incidentio", 33],
  [/^MSTeamsV2/i, "msteamsv2", 34],
  [/^MSTeams/i, "msteams", 33],
  [/^OpsGenie/i, "opsgenie", 34],
  [/^Pagerduty/i, "pagerduty", 34],
  [/^Telegram/, "telegram", 34],
];

function minorOf(version: string | undefined): number {
  return version === undefined ? 34 : Number(version.split(".")[1]);
}

function packageOf(name: string, version: string | undefined): string {
  const found = PACKAGES.find(([pattern]) => pattern.test(name));
  return found && minorOf(version) >= (found[2] ?? 0) ? found[1] : "config";
}

function named(name: string, version: string | undefined): string {
  return `${packageOf(name, version)}.${GO_NAMES[name] ?? name}`;
}

/** Decoded into what is there already; all others begin with their defaults. */
export function isPlainStruct({ name }: StructDefinition): boolean {
  return OWN_NAME.has(name);
}

/** The type as yaml.v2 names it in `field x not found in type …` (by default in 0.34). */
export function goStruct({ name }: StructDefinition, version?: string): string {
  if (name === "TimeRange") return "timeinterval.yamlTimeRange";
  // Its own checks came with 0.26.
  if (name === "OAuth2" && minorOf(version) < 26) return "config.OAuth2";
  return OWN_NAME.has(name) ? named(name, version) : `${packageOf(name, version)}.plain`;
}

/** The type as yaml.v2 names it in `cannot unmarshal … into …` (by default in 0.34). */
export function goType(type: FieldType, version?: string): string {
  // A range of days or years reads a text and makes itself of it.
  if (type.go !== undefined && !type.go.startsWith("timeinterval.")) return type.go;
  switch (type.kind) {
    case "bool":
      return "bool";
    case "int":
      return "int64";
    case "uint":
      return "uint64";
    case "float":
      return "float64";
    case "any":
      return "interface {}";
    case "secret":
      return "config.plain";
    case "goDuration":
      return "time.Duration";
    case "list":
      return `[]${itemType(type.item, version)}`;
    case "map":
      if (type.value.kind === "regexp") return `${packageOf("InhibitRule", version)}.plain`;
      return `map[string]${goType(type.value, version)}`;
    case "struct":
      return goStruct(type.struct, version);
    default:
      return "string";
  }
}

/** Lists of structs hold pointers, but for these. */
const BY_VALUE = new Set([
  "PagerdutyImage",
  "PagerdutyLink",
  "OpsGenieConfigResponder",
  "TimeInterval",
  "TimeIntervalItem",
  "TimeRange",
  "FileOutputConfig",
  "WebhookOutputConfig",
  "KafkaOutputConfig",
  "StdoutOutputConfig",
]);
/** These only since 0.26. */
const BY_VALUE_LATER = new Set(["InhibitRule", "Receiver"]);

function itemType(item: FieldType, version: string | undefined): string {
  if (item.go !== undefined) return item.go;
  if (item.kind === "secret") return "config.Secret";
  if (item.kind !== "struct") return goType(item, version);
  const { name } = item.struct;
  const held = BY_VALUE.has(name) || (BY_VALUE_LATER.has(name) && minorOf(version) >= 26);
  return `${held ? "" : "*"}${named(name, version)}`;
}
