import { isObject } from "../config/is-object";
import {
  type Config,
  type ConfigDocument,
  INTEGRATION_KEYS,
  type Json,
  type JsonObject,
  type TemplateFile,
} from "../config/types";
import { equalJson } from "../rendering/equal";
import type { ChangeNoun, ConfigChange } from "./config-change";
import { diffFields } from "./diff-fields";
import { diffRoutes } from "./diff-routes";
import { movedItems, pairById } from "./pair-by-id";

type Compared = Pick<ConfigDocument, "config" | "templates">;

/** The steps from one document to another, in the words of the configuration. Values of secrets never show. */
export function diffConfig(before: Compared, after: Compared): ConfigChange[] {
  const [was, is] = [before.config as JsonObject, after.config as JsonObject];
  if (was === is && before.templates === after.templates) return [];
  return [
    ...diffBlock("global", "global", was, is),
    ...diffRoutes(was.route, is.route),
    ...diffReceivers(before.config, after.config),
    ...diffList("inhibit_rule", "inhibit_rules", was, is, ruleLabel),
    ...diffList("time_interval", "time_intervals", was, is, nameLabel),
    ...diffList("time_interval", "mute_time_intervals", was, is, nameLabel),
    ...diffTemplates(before.templates, after.templates),
    ...diffBlock("tracing", "tracing", was, is),
    ...diffBlock("event_recorder", "event_recorder", was, is),
    ...diffRest(was, is),
  ];
}

const KNOWN = new Set([
  "global",
  "route",
  "receivers",
  "inhibit_rules",
  "time_intervals",
  "mute_time_intervals",
  "tracing",
  "event_recorder",
]);
const INSIDE_RECEIVER: ReadonlySet<string> = new Set(["name", ...INTEGRATION_KEYS]);

function diffBlock(noun: ChangeNoun, key: string, was: JsonObject, is: JsonObject): ConfigChange[] {
  if (equalJson(was[key], is[key])) return [];
  return diffFields({ noun, label: key, path: [key] }, objectAt(was, key), objectAt(is, key));
}

function diffRest(was: JsonObject, is: JsonObject): ConfigChange[] {
  return diffFields({ noun: "other", label: "", path: [] }, was, is, KNOWN).map((change) => ({
    ...change,
    noun: change.key?.startsWith("templates") ? "template_pattern" : "other",
    label: change.key ?? "",
  }));
}

function diffReceivers(before: Config, after: Config): ConfigChange[] {
  const was = listAt(before as JsonObject, "receivers");
  const is = listAt(after as JsonObject, "receivers");
  const match = pairById(was, is);
  const changes = comesAndGoes("receiver", "receivers", was, is, match, nameLabel);
  is.forEach((item, index) => {
    const old = was[match[index] ?? -1];
    if (!isObject(item) || !isObject(old) || equalJson(old, item)) return;
    const thing = { noun: "receiver" as const, label: nameLabel(item), path: ["receivers", index] };
    if (old.name !== item.name)
      changes.push({ kind: "renamed", ...thing, before: old.name ?? null, after: item.name ?? null });
    changes.push(...diffFields(thing, old, item, INSIDE_RECEIVER));
    for (const key of INTEGRATION_KEYS) changes.push(...diffIntegrations(thing.label, index, key, old, item));
  });
  return changes;
}

function diffIntegrations(
  receiver: string,
  at: number,
  key: string,
  old: JsonObject,
  item: JsonObject,
): ConfigChange[] {
  const [was, is] = [listAt(old, key), listAt(item, key)];
  if (equalJson(was, is)) return [];
  const match = pairById(was, is);
  const label = (_: Json, index: number) => `${receiver} › ${key}[${index}]`;
  const changes = comesAndGoes("integration", key, was, is, match, label, ["receivers", at]);
  is.forEach((integration, index) => {
    const before = was[match[index] ?? -1];
    if (!isObject(integration) || !isObject(before)) return;
    const path = ["receivers", at, key, index];
    changes.push(...diffFields({ noun: "integration", label: label(integration, index), path }, before, integration));
  });
  return changes;
}

function diffList(
  noun: ChangeNoun,
  key: string,
  was: JsonObject,
  is: JsonObject,
  label: (item: Json, index: number) => string,
): ConfigChange[] {
  const [before, after] = [listAt(was, key), listAt(is, key)];
  if (equalJson(before, after)) return [];
  const match = pairById(before, after);
  const changes = comesAndGoes(noun, key, before, after, match, label);
  after.forEach((item, index) => {
    const old = before[match[index] ?? -1];
    if (!isObject(item) || !isObject(old)) return;
    changes.push(...diffFields({ noun, label: label(item, index), path: [key, index] }, old, item));
  });
  return changes;
}

function comesAndGoes(
  noun: ChangeNoun,
  key: string,
  was: readonly Json[],
  is: readonly Json[],
  match: readonly number[],
  label: (item: Json, index: number) => string,
  at: (string | number)[] = [],
): ConfigChange[] {
  const changes: ConfigChange[] = [];
  const moved = movedItems(match);
  const kept = new Set(match);
  is.forEach((item, index) => {
    const kind = match[index] === -1 ? "added" : moved.has(index) ? "moved" : null;
    if (kind) changes.push({ kind, noun, label: label(item, index), path: [...at, key, index] });
  });
  was.forEach((item, index) => {
    if (!kept.has(index)) changes.push({ kind: "removed", noun, label: label(item, index), path: [...at, key, index] });
  });
  return changes;
}

function diffTemplates(was: readonly TemplateFile[], is: readonly TemplateFile[]): ConfigChange[] {
  const before = new Map(was.map((file) => [file.name, file]));
  const after = new Map(is.map((file) => [file.name, file]));
  const gone = was.filter(({ name }) => !after.has(name));
  const changes: ConfigChange[] = [];
  is.forEach(({ name, content }, index) => {
    const thing = { noun: "template" as const, label: name, path: ["templates", index] };
    const old = before.get(name);
    const renamed = old ? -1 : gone.findIndex((file) => file.content === content);
    if (old && old.content !== content) changes.push({ kind: "changed", ...thing });
    else if (renamed !== -1) {
      const [file] = gone.splice(renamed, 1);
      changes.push({ kind: "renamed", ...thing, before: file!.name, after: name });
    } else if (!old) changes.push({ kind: "added", ...thing });
  });
  for (const file of gone)
    changes.push({ kind: "removed", noun: "template", label: file.name, path: ["templates", was.indexOf(file)] });
  return changes;
}

function nameLabel(item: Json): string {
  return isObject(item) && typeof item.name === "string" ? item.name : "";
}

function ruleLabel(item: Json, index: number): string {
  if (!isObject(item)) return `#${index + 1}`;
  if (typeof item.name === "string") return item.name;
  const side = (which: string) => {
    const map = (key: string, sign: string) =>
      isObject(item[key])
        ? Object.entries(item[key]).map(([name, value]) => `${name}${sign}${JSON.stringify(value)}`)
        : [];
    const matchers = Array.isArray(item[`${which}_matchers`]) ? (item[`${which}_matchers`] as Json[]).map(String) : [];
    return `{${[...matchers, ...map(`${which}_match`, "="), ...map(`${which}_match_re`, "=~")].join(", ")}}`;
  };
  return `${side("source")} → ${side("target")}`;
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}

function listAt(object: JsonObject, key: string): Json[] {
  const value = object[key];
  return Array.isArray(value) ? value : [];
}
