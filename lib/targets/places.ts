import { setTimeout as delay } from "node:timers/promises";
import { configHash } from "@/lib/alertmanager";
import { env } from "@/lib/env";
import { outboundRequest } from "@/lib/resilience";
import { type ReloadOutcome, reloadReplica, type VerifyOutcome, verifyReplica } from "./adapters/alertmanager/replica";
import { type FileContent, readPlace, removeOldTemplates, replacePlace } from "./adapters/file/file-place";
import type { OpenPlace, OpenReplica } from "./open-target";

export function allowedRoots(): string[] {
  return env()
    .TARGET_ROOTS.split(":")
    .map((root) => root.trim())
    .filter((root) => root !== "");
}

export function readAt(place: OpenPlace): Promise<string | null> {
  return readPlace(place, allowedRoots());
}

export function replaceAt(
  place: OpenPlace,
  before: string | null,
  next: FileContent | null,
): Promise<"written" | "already"> {
  return replacePlace(place, allowedRoots(), before, next);
}

export function removeOldTemplatesAt(place: OpenPlace, keep: readonly (string | null)[]): Promise<void> {
  return removeOldTemplates(place, allowedRoots(), keep);
}

export function reloadAt(replica: OpenReplica, secrets: readonly string[]): Promise<ReloadOutcome> {
  return reloadReplica(outboundRequest, replica, secrets);
}

/** Whether the replica runs exactly `text`. */
export function verifyAt(replica: OpenReplica, text: string): Promise<VerifyOutcome> {
  return verifyReplica(outboundRequest, replica, configHash(text), delay);
}
