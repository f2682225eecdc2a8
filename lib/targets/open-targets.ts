import { profileFor } from "@/lib/alertmanager";
import { type Transaction, withTenant } from "@/lib/database";
import { openAuth, tlsOf } from "./credentials";
import type { OpenPlace, OpenReplica, OpenTarget } from "./open-target";
import { findTargets, kindOf, placesOf, type StoredReplica, type StoredTarget } from "./store";
import { profileIdOf } from "./target-profile";

/** Where the tenant's files lie; nothing is opened for it. */
export async function listPlaces(tenantId: string): Promise<OpenPlace[]> {
  return (await withTenant(tenantId, findTargets)).flatMap(placesOf);
}

/** All targets of the tenant with their credentials opened; for publishing, and to ask a target what it is. */
export function openTargets(tenantId: string): Promise<OpenTarget[]> {
  return withTenant(tenantId, async (tx) => {
    const opened: OpenTarget[] = [];
    for (const stored of await findTargets(tx)) opened.push(await openTarget(tx, stored));
    return opened;
  });
}

export async function openTarget(tx: Transaction, stored: StoredTarget): Promise<OpenTarget> {
  const replicas: OpenReplica[] = [];
  for (const replica of stored.replicas) replicas.push(await openReplica(tx, stored, replica));
  const { observedVersion, declaredVersion, injectedMatchers } = stored;
  const profile = profileFor(profileIdOf({ version: observedVersion ?? declaredVersion, injectedMatchers }));
  return {
    id: stored.id,
    name: stored.name,
    kind: kindOf(stored),
    profile,
    allowsTestAlerts: stored.allowTestAlerts,
    places: placesOf(stored),
    replicas,
  };
}

async function openReplica(tx: Transaction, target: StoredTarget, replica: StoredReplica): Promise<OpenReplica> {
  const tls = tlsOf(replica.tls);
  return {
    id: replica.id,
    name: replica.name,
    targetId: target.id,
    targetName: target.name,
    placeId: replica.placeId,
    url: replica.url,
    routePrefix: replica.routePrefix,
    auth: await openAuth(tx, target.tenantId, replica.id, replica.auth),
    ...(tls ? { tls } : {}),
  };
}
