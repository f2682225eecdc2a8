import { randomUUID } from "node:crypto";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import type { TargetKind } from "./contract";
import type { OpenPlace } from "./open-target";

const WHOLE = {
  places: { orderBy: { path: "asc" } },
  replicas: { orderBy: { position: "asc" } },
} as const;

/** A target as it is stored: what it needs to speak is still sealed. */
export async function findTargets(tx: Transaction) {
  return tx.target.findMany({ include: WHOLE, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}
export type StoredTarget = Awaited<ReturnType<typeof findTargets>>[number];
export type StoredReplica = StoredTarget["replicas"][number];

export async function findTarget(tx: Transaction, id: string): Promise<StoredTarget> {
  const found = await tx.target.findUnique({ where: { id }, include: WHOLE });
  if (!found) throw new AppError("not_found", "There is no such target.");
  return found;
}

export async function countTargets(tx: Transaction, tenantId: string): Promise<number> {
  return tx.target.count({ where: { tenantId } });
}

/** By place: what somebody has seen there and left so. */
export async function findAcknowledged(tx: Transaction): Promise<Map<string, string>> {
  const rows = await tx.driftAcknowledgement.findMany({ select: { placeId: true, seen: true } });
  return new Map(rows.map(({ placeId, seen }) => [placeId, seen]));
}

export function kindOf(target: StoredTarget): TargetKind {
  return target.kind === "file" ? "file" : "alertmanager";
}

export function placesOf(target: StoredTarget): OpenPlace[] {
  return target.places.map((place) => ({
    id: place.id,
    targetId: target.id,
    targetName: target.name,
    path: place.path,
    mode: target.mode,
    group: target.groupId,
    replica:
      target.replicas
        .filter(({ placeId }) => placeId === place.id)
        .map(({ name }) => name)
        .join(", ") || null,
    publishedDigest: place.publishedDigest,
    publishedRevision: place.publishedRevision,
  }));
}

export interface NewTarget {
  tenantId: string;
  name: string;
  kind: TargetKind;
  mode: number;
  group: number | null;
  version: string | null;
  allowTestAlerts: boolean;
  injectedMatchers: string[];
  createdBy: string;
  /** One for a file; several replicas may share a path. */
  places: { path: string; replicas: NewReplica[] }[];
}

export interface NewReplica {
  id: string;
  name: string;
  position: number;
  url: string;
  routePrefix: string;
  auth: object;
  tls: object | null;
}

export async function insertTarget(tx: Transaction, target: NewTarget): Promise<string> {
  const id = randomUUID();
  const { tenantId } = target;
  try {
    await tx.target.create({
      data: {
        id,
        tenantId,
        name: target.name,
        kind: target.kind,
        mode: target.mode,
        groupId: target.group,
        declaredVersion: target.version,
        allowTestAlerts: target.allowTestAlerts,
        injectedMatchers: target.injectedMatchers,
        createdBy: target.createdBy,
      },
    });
    for (const { path, replicas } of target.places) {
      const place = await tx.targetPlace.create({ data: { id: randomUUID(), tenantId, targetId: id, path } });
      for (const { tls, ...replica } of replicas)
        await tx.targetReplica.create({
          data: { tenantId, targetId: id, placeId: place.id, ...replica, ...(tls ? { tls } : {}) },
        });
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "P2002")) throw error;
    throw new AppError(
      "conflict",
      "A target with this name, or one that writes this file, exists already.",
      {},
      { cause: error },
    );
  }
  return id;
}

/** What a publication that was verified, or at least written, left at each place. */
export async function recordPublished(
  tx: Transaction,
  revision: number,
  places: readonly { id: string; digest: string }[],
): Promise<void> {
  for (const { id, digest } of places)
    await tx.targetPlace.updateMany({
      where: { id },
      data: { publishedDigest: digest, publishedRevision: revision, publishedAt: new Date() },
    });
}
