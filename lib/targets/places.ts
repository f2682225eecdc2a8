import { setTimeout as delay } from "node:timers/promises";
import { configHash } from "@/lib/alertmanager";
import { env } from "@/lib/env";
import { outboundRequest } from "@/lib/resilience";
import { type NewAlert, type PostOutcome, postAlerts } from "./adapters/alertmanager/post-alerts";
import {
  alertsOf,
  type ReloadOutcome,
  reloadReplica,
  type VerifyOutcome,
  verifyReplica,
} from "./adapters/alertmanager/replica";
import { type FileContent, readPlace, removeOldTemplates, replacePlace } from "./adapters/file/file-place";
import type { OpenPlace, OpenReplica, OpenTarget } from "./open-target";

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

/** Posts alerts to every replica, as Prometheus does; what each said, by its name. */
export async function postAlertsAt(
  { replicas }: OpenTarget,
  alerts: readonly NewAlert[],
): Promise<(PostOutcome & { replica: string })[]> {
  return Promise.all(
    replicas.map(async (replica) => ({
      replica: replica.name,
      ...(await postAlerts(outboundRequest, replica, alerts)),
    })),
  );
}

/** The alerts that a target knows, as its API answers them: the first replica that answers speaks for all; null when none does. */
export async function readAlertsAt({ replicas }: OpenTarget): Promise<string | null> {
  for (const replica of replicas) {
    const alerts = await alertsOf(outboundRequest, replica);
    if (alerts !== null) return alerts;
  }
  return null;
}
