import { withTenant } from "@/lib/database";
import { outboundRequest } from "@/lib/resilience";
import { observeVersion } from "./adapters/alertmanager/replica";
import type { OpenTarget } from "./open-target";
import type { StoredTarget } from "./store";

export interface KnownVersion {
  version: string | null;
  source: "observed" | "declared" | "assumed";
  /** What the operator wrote down when the target was added. */
  declared: string | null;
  /** What each replica, by its id, answered when it was asked last. */
  replicas: ReadonlyMap<string, string>;
}

const FRESH_MS = 60_000;
const NONE: ReadonlyMap<string, string> = new Map();
const asked = new Map<string, { at: number; replicas: ReadonlyMap<string, string> }>();

/**
 * What the target runs. Asked once a minute at most; between two answers, and while it is down, the last one holds. The
 * oldest of its replicas counts.
 */
export async function versionOf(
  tenantId: string,
  stored: StoredTarget,
  open: () => Promise<OpenTarget>,
): Promise<KnownVersion> {
  const observed = stored.replicas.length > 0 && isStale(stored.id) ? await observe(stored.id, await open()) : null;
  if (observed !== null && observed !== stored.observedVersion)
    await withTenant(tenantId, (tx) =>
      tx.target.updateMany({ where: { id: stored.id }, data: { observedVersion: observed, observedAt: new Date() } }),
    );
  const declared = stored.declaredVersion;
  const rest = { declared, replicas: asked.get(stored.id)?.replicas ?? NONE };
  const known = observed ?? stored.observedVersion;
  if (known !== null) return { version: known, source: "observed", ...rest };
  if (declared !== null) return { version: declared, source: "declared", ...rest };
  return { version: null, source: "assumed", ...rest };
}

function isStale(id: string): boolean {
  const now = Date.now();
  const last = asked.get(id);
  if (last && now - last.at < FRESH_MS) return false;
  // Before the answer, so that those who come meanwhile do not ask too.
  asked.set(id, { at: now, replicas: last?.replicas ?? NONE });
  return true;
}

async function observe(id: string, target: OpenTarget): Promise<string | null> {
  const replicas = new Map<string, string>();
  await Promise.all(
    target.replicas.map(async (replica) => {
      const version = await observeVersion(outboundRequest, replica);
      if (version !== null) replicas.set(replica.id, version);
    }),
  );
  asked.set(id, { at: asked.get(id)?.at ?? Date.now(), replicas });
  return [...replicas.values()].sort((a, b) => a.localeCompare(b, "en", { numeric: true }))[0] ?? null;
}
