import type { AuditEntry } from "@/lib/tenancy/audit/contract";

/** `RoutePublished` → "Route published", for an event that no language has a text for: they are named in the past tense. */
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

/** What it was about, in the names that people gave: the receiver, the title, the target, the outcome. */
export function subjectText({ data }: AuditEntry): string {
  const told = [data.subject, data.title, data.name, data.status].find((value) => typeof value === "string");
  return typeof told === "string" ? told : "";
}

/** Where it can be looked at, below the tenant. */
export function placeText({ streamType, streamId, data }: AuditEntry): string | null {
  if (streamType === "change") return `changes/${streamId}`;
  if (streamType === "target") return `targets/${streamId}`;
  if (streamType === "publication" && typeof data.revision === "number") return `revisions/${data.revision}`;
  return streamType === "expectations" ? "tester" : null;
}
