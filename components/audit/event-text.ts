import type { AuditEntry } from "./queries";

/** `RoutePublished` → "Route published"; events are named in the past tense, so they read as a sentence. */
export function eventText(type: string): string {
  const words = type
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[._-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function actorText(entry: AuditEntry): string {
  return entry.actorName ?? (entry.actor.startsWith("system") ? "Signalbox" : entry.actor);
}

export function searchText(entry: AuditEntry): string {
  return [eventText(entry.type), entry.type, actorText(entry), entry.streamType, entry.streamId, entry.requestId]
    .join(" ")
    .toLowerCase();
}
