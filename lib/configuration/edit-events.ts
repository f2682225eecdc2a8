import { type ConfigChange, type ConfigDocument, diffConfig } from "@/lib/alertmanager";
import { documentEdits, type Edit } from "./document-patch";
import type { EditEvent, EditEventType, Intent } from "./events";

/** The events between two documents: what was meant, each with its own steps. None when nothing differs. */
export function editEvents(before: ConfigDocument, after: ConfigDocument): EditEvent[] {
  const edits = documentEdits(before, after);
  if (edits.length === 0) return [];
  const groups = groupIntents(diffConfig(before, after));
  for (const edit of edits) (groups.find((group) => covers(group, edit)) ?? addedGroup(groups, edit)).edits.push(edit);
  // One step may carry several intents (two receivers added at once): they all are told, the first one holds the step.
  return groups.map(toEvent);
}

interface Group {
  type: EditEventType;
  section: string;
  /** Place of the receiver or template when it kept it; edits below go to this group first. */
  place?: number;
  subject?: string;
  changes: Intent[];
  edits: Edit[];
}

function groupIntents(changes: readonly ConfigChange[]): Group[] {
  const groups: Group[] = [];
  for (const change of changes) {
    const type = eventType(change);
    const section = sectionOf(type);
    const owned = section === "receivers" || section === "templates";
    // What is removed stood at that place before; only a part of a receiver leaves its receiver where it is.
    const stays = change.kind !== "removed" || change.noun === "integration";
    const place = owned && stays && typeof change.path[1] === "number" ? change.path[1] : undefined;
    const one = type === "InhibitRulesChanged" || type === "TimeIntervalsChanged" || type === "GlobalChanged";
    const known = groups.find(
      (group) => group.type === type && (one || (owned && place !== undefined && group.place === place)),
    );
    const intent: Intent = {
      kind: change.kind,
      noun: change.noun,
      path: change.path,
      label: change.label,
      ...(change.key === undefined ? {} : { key: String(change.key) }),
    };
    if (known) known.changes.push(intent);
    else {
      groups.push({
        type,
        section,
        ...(place === undefined ? {} : { place }),
        ...(one ? {} : { subject: subjectOf(change) }),
        changes: [intent],
        edits: [],
      });
    }
  }
  return groups;
}

/** An integration is told as a change of its receiver: `pager › slack_configs[0]` is about `pager`. */
function subjectOf({ noun, label }: ConfigChange): string {
  return noun === "integration" ? (label.split(" › ")[0] ?? label) : label;
}

function covers(group: Group, edit: Edit): boolean {
  if (group.section !== sectionAt(edit)) return false;
  const index = edit.at[group.section === "templates" ? 1 : 2];
  return group.place === undefined || typeof index !== "number" || index === group.place;
}

function addedGroup(groups: Group[], edit: Edit): Group {
  const section = sectionAt(edit);
  const known = groups.find((group) => group.section === section && group.place === undefined);
  if (known) return known;
  const group: Group = { type: FALLBACK[section] ?? "OtherSettingsChanged", section, changes: [], edits: [] };
  groups.push(group);
  return group;
}

function toEvent({ type, subject, changes, edits }: Group): EditEvent {
  return {
    type,
    data: { ...(subject === undefined ? {} : { subject }), ...(changes.length === 0 ? {} : { changes }), edits },
  };
}

const FALLBACK: Readonly<Record<string, EditEventType>> = {
  receivers: "ReceiverChanged",
  route: "RouteChanged",
  global: "GlobalChanged",
  inhibit_rules: "InhibitRulesChanged",
  time_intervals: "TimeIntervalsChanged",
  templates: "TemplateChanged",
  source: "SourceEdited",
};

function sectionAt(edit: Edit): string {
  const [first, second] = edit.at;
  if (first !== "config") return String(first);
  if (second === "mute_time_intervals") return "time_intervals";
  // `templates` of the configuration are glob patterns; the files themselves are another section.
  return typeof second === "string" && second !== "templates" && FALLBACK[second] ? second : "other";
}

function sectionOf(type: EditEventType): string {
  if (type.startsWith("Receiver")) return "receivers";
  if (type.startsWith("Route")) return "route";
  if (type.startsWith("Template")) return "templates";
  const found = Object.entries(FALLBACK).find(([, event]) => event === type);
  return found?.[0] ?? "other";
}

function eventType({ noun, kind }: ConfigChange): EditEventType {
  switch (noun) {
    case "receiver":
      if (kind === "added") return "ReceiverAdded";
      if (kind === "removed") return "ReceiverRemoved";
      return kind === "renamed" ? "ReceiverRenamed" : "ReceiverChanged";
    case "integration":
      return "ReceiverChanged";
    case "route":
      if (kind === "added") return "RouteAdded";
      if (kind === "removed") return "RouteRemoved";
      return kind === "moved" ? "RouteMoved" : "RouteChanged";
    case "global":
      return "GlobalChanged";
    case "inhibit_rule":
      return "InhibitRulesChanged";
    case "time_interval":
      return "TimeIntervalsChanged";
    case "template":
      if (kind === "added") return "TemplateAdded";
      return kind === "removed" ? "TemplateRemoved" : "TemplateChanged";
    default:
      return "OtherSettingsChanged";
  }
}
