import { z } from "zod";
import { withTenant } from "@/lib/database";
import { query, type TenantContext } from "@/lib/tenancy";
import { digestOf } from "./adapters/file/file-place";
import type { DriftDto, TargetDto } from "./contract";
import { type ComparedPlace, comparePlaces, toDrift } from "./drift";
import { openTarget } from "./open-targets";
import { readAt } from "./places";
import { findAcknowledged, findTarget, findTargets, kindOf, placesOf, type StoredTarget } from "./store";
import { profileIdOf } from "./target-profile";
import { versionGaps } from "./version-gaps";
import { versionOf } from "./versions";

const allStored = query({ permission: "targets:view", input: z.object({}) }, async (tx) => ({
  targets: await findTargets(tx),
  acknowledged: await findAcknowledged(tx),
}));
const oneStored = query({ permission: "targets:view", input: z.object({ id: z.uuid() }) }, (tx, { id }) =>
  findTarget(tx, id),
);

/** Files and processes are asked outside of the transaction: they may be slow. */
export async function listTargets(ctx: TenantContext): Promise<TargetDto[]> {
  const { targets, acknowledged } = await allStored(ctx, {});
  return Promise.all(targets.map((stored) => toDto(stored, acknowledged)));
}

export function findStoredTarget(ctx: TenantContext, id: string): Promise<StoredTarget> {
  return oneStored(ctx, { id });
}

/** Every place of a target against what we put there last. */
export function lookAtPlaces(stored: StoredTarget): Promise<ComparedPlace[]> {
  return comparePlaces(placesOf(stored), async (place) => {
    const text = await readAt(place);
    return text === null ? null : digestOf(text);
  });
}

async function driftNow(stored: StoredTarget, acknowledged: ReadonlyMap<string, string>): Promise<DriftDto> {
  return toDrift(stored.id, await lookAtPlaces(stored), acknowledged, new Date());
}

/** For the installation's own watch, without a person who asks. */
export async function driftOfTenant(tenantId: string): Promise<DriftDto[]> {
  const targets = await withTenant(tenantId, findTargets);
  return Promise.all(targets.map((stored) => driftNow(stored, new Map())));
}

export function versionNow(stored: StoredTarget) {
  const { tenantId } = stored;
  return versionOf(tenantId, stored, () => withTenant(tenantId, (tx) => openTarget(tx, stored)));
}

async function toDto(stored: StoredTarget, acknowledged: ReadonlyMap<string, string>): Promise<TargetDto> {
  const [drift, known] = await Promise.all([driftNow(stored, acknowledged), versionNow(stored)]);
  const published = stored.places.flatMap(({ publishedRevision, publishedAt }) =>
    publishedRevision !== null && publishedAt !== null ? [{ publishedRevision, publishedAt }] : [],
  );
  const last = published.sort((a, b) => b.publishedRevision - a.publishedRevision)[0];
  const { injectedMatchers } = stored;
  const profile = profileIdOf({ version: known.version, injectedMatchers });
  const gaps = versionGaps(known, profile);
  return {
    id: stored.id,
    name: stored.name,
    kind: kindOf(stored),
    profile,
    version: known.version,
    versionSource: known.source,
    ...(gaps.length > 0 ? { versionGaps: gaps } : {}),
    replicas: stored.replicas.map(({ id, name, url }) => {
      const version = known.replicas.get(id);
      return { name, url, ...(version ? { version } : {}) };
    }),
    ...(injectedMatchers.length > 0 ? { injectedMatchers } : {}),
    ...(stored.allowTestAlerts ? { allowsTestAlerts: true as const } : {}),
    drift,
    publishedRevision: last?.publishedRevision ?? null,
    publishedAt: last?.publishedAt.toISOString() ?? null,
  };
}
