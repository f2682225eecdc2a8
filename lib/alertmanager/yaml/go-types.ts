import type { FieldType, StructDefinition } from "../fields";

/** Structs that upstream decodes without an UnmarshalYAML of their own: messages name the type itself. */
const OWN_NAME = new Set([
  "OpsGenieConfigResponder",
  "PagerdutyImage",
  "PagerdutyLink",
  "MattermostPriority",
  "MattermostProps",
  "ThreadingConfig",
]);
/** Packages of 0.34; all else is `config`. */
const PACKAGES: readonly [RegExp, string][] = [
  [/^Webhook/, "webhook"],
  [/^OpsGenie/i, "opsgenie"],
  [/^Discord/, "discord"],
  [/^Jira/, "jira"],
  [/^Mattermost/, "mattermost"],
  [/^Incidentio/i, "incidentio"],
  [/^MSTeamsV2/i, "msteamsv2"],
  [/^MSTeams/i, "msteams"],
  [/^Pagerduty/i, "pagerduty"],
  [/^Telegram/, "telegram"],
  [/^SigV4/i, "sigv4"],
  [/^InhibitRule/, "common"],
  [/^(?:TimeInterval|WeekdayRange|TimeRange|DayOfMonth|Month|Year)/, "timeinterval"],
];

function packageOf(name: string, version: string | undefined): string {
  // Before 0.34 the integrations stood in one package.
  if (version !== undefined && version !== "0.34") return /^SigV4/i.test(name) ? "sigv4" : "config";
  return PACKAGES.find(([pattern]) => pattern.test(name))?.[1] ?? "config";
}

/** The type as yaml.v2 names it in `field x not found in type …` (by default in 0.34). */
export function goStruct({ name }: StructDefinition, version?: string): string {
  return OWN_NAME.has(name) ? `${packageOf(name, version)}.${name}` : `${packageOf(name, version)}.plain`;
}

/** The type as yaml.v2 names it in `cannot unmarshal … into …` (by default in 0.34). */
export function goType(type: FieldType, version?: string): string {
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
      return `map[string]${goType(type.value, version)}`;
    case "struct":
      return goStruct(type.struct, version);
    default:
      return "string";
  }
}

/** Lists of structs hold pointers, but for these. */
const BY_VALUE = new Set(["PagerdutyImage", "PagerdutyLink", "OpsGenieConfigResponder", "InhibitRule", "TimeRange"]);

function itemType(item: FieldType, version: string | undefined): string {
  if (item.kind === "secret") return "config.Secret";
  if (item.kind !== "struct") return goType(item, version);
  const { name } = item.struct;
  return `${BY_VALUE.has(name) ? "" : "*"}${packageOf(name, version)}.${name}`;
}
