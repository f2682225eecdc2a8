import { z } from "zod";
import { withTenant } from "@/lib/database";
import { query, type TenantContext } from "@/lib/tenancy";
import { digestOf } from "./adapters/file/file-place";
import type { DriftDto, TargetDto } from "./contract";
import { driftOf } from "./drift";
import { openTarget } from "./open-targets";
import { readAt } from "./places";
import { findTarget, findTargets, kindOf, placesOf, type StoredTarget } from "./store";
import { profileIdOf } from "./target-profile";
import { versionOf } from "./versions";

const allStored = query({ permission: "targets:view", input: z.object({}) }, (tx) => findTargets(tx));
const oneStored = query({ permission: "targets:view", input: z.object({ id: z.uuid() }) }, (tx, { id }) =>
  findTarget(tx, id),
);

/** Files and processes are asked outside of the transaction: they may be slow. */
export async function listTargets(ctx: TenantContext): Promise<TargetDto[]> {
  return Promise.all((await allStored(ctx, {})).map((stored) => toDto(stored)));
}

export function findStoredTarget(ctx: TenantContext, id: string): Promise<StoredTarget> {
  return oneStored(ctx, { id });
}

export function driftNow(stored: StoredTarget): Promise<DriftDto> {
  const digest = async (place: Parameters<typeof readAt>[0]) => {
    const text = await readAt(place);
    return text === null ? null : digestOf(text);
  };
  return driftOf(stored.id, placesOf(stored), digest, new Date());
}

/** For the installation's own watch, without a person who asks. */
export async function driftOfTenant(tenantId: string): Promise<DriftDto[]> {
  return Promise.all((await withTenant(tenantId, findTargets)).map(driftNow));
}

export function versionNow(stored: StoredTarget) {
  const { tenantId } = stored;
  return versionOf(tenantId, stored, () => withTenant(tenantId, (tx) => openTarget(tx, stored)));
}

async function toDto(stored: StoredTarget): Promise<TargetDto> {
  const [drift, known] = await Promise.all([driftNow(stored), versionNow(stored)]);
  const published = stored.places.flatMap(({ publishedRevision, publishedAt }) =>
    publishedRevision !== null && publishedAt !== null ? [{ publishedRevision, publishedAt }] : [],
  );
  const last = published.sort((a, b) => b.publishedRevision - a.publishedRevision)[0];
  return {
    id: stored.id,
    name: stored.name,
    kind: kindOf(stored),
    profile: profileIdOf(known.version),
    version: known.version,
    versionSource: known.source,
    replicas: stored.replicas.map(({ name, url }) => ({ name, url })),
    drift,
    publishedRevision: last?.publishedRevision ?? null,
    publishedAt: last?.publishedAt.toISOString() ?? null,
  };
}
