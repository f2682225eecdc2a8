import { withTenant } from "@/lib/database";
import { outboundRequest } from "@/lib/resilience";
import { observeVersion } from "./adapters/alertmanager/replica";
import type { OpenTarget } from "./open-target";
import type { StoredTarget } from "./store";

export interface KnownVersion {
  version: string | null;
  source: "observed" | "declared" | "assumed";
}

const FRESH_MS = 60_000;
const asked = new Map<string, number>();

/**
 * What the target runs. Asked once a minute at most; between two answers, and while it is down, the last one holds. The
 * oldest of its replicas counts.
 */
export async function versionOf(
  tenantId: string,
  stored: StoredTarget,
  open: () => Promise<OpenTarget>,
): Promise<KnownVersion> {
  const observed = stored.replicas.length > 0 && isStale(stored.id) ? await observe(await open()) : null;
  if (observed !== null && observed !== stored.observedVersion)
    await withTenant(tenantId, (tx) =>
      tx.target.updateMany({ where: { id: stored.id }, data: { observedVersion: observed, observedAt: new Date() } }),
    );
  const known = observed ?? stored.observedVersion;
  if (known !== null) return { version: known, source: "observed" };
  if (stored.declaredVersion !== null) return { version: stored.declaredVersion, source: "declared" };
  return { version: null, source: "assumed" };
}

function isStale(id: string): boolean {
  const now = Date.now();
  if (now - (asked.get(id) ?? 0) < FRESH_MS) return false;
  asked.set(id, now);
  return true;
}

async function observe(target: OpenTarget): Promise<string | null> {
  const answers = await Promise.all(target.replicas.map((replica) => observeVersion(outboundRequest, replica)));
  const versions = answers.filter((version) => version !== null);
  return versions.sort((a, b) => a.localeCompare(b, "en", { numeric: true }))[0] ?? null;
}
