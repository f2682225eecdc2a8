import { onPlatform, withDirectory, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { findTargets } from "./store";

const hostOf = (url: string) => new URL(url).host.toLowerCase();

/**
 * Claims files and hosts for a tenant, in the main database and before anything is written: a tenant's targets may lie elsewhere.
 * A file has one tenant; a host may have several, but for a tenant at the level `dedicated-cluster`, which shares none.
 */
export async function claimTargets(tenantId: string, paths: readonly string[], urls: readonly string[]): Promise<void> {
  const taken = await onPlatform(
    (client) => client.$queryRaw<{ claimed_kind: string; claimed_value: string }[]>`
      SELECT claimed_kind, claimed_value FROM claim_targets(${tenantId}::uuid, ${[...paths]}::text[], ${urls.map(hostOf)}::text[])`,
  );
  const [first] = taken;
  if (!first) return;
  throw new AppError(
    "conflict",
    first.claimed_kind === "path"
      ? "A target with this name, or one that writes this file, exists already."
      : "Another tenant publishes to this host, and one of the two shares no target.",
    { taken: first.claimed_value },
  );
}

/** Gives up what none of the tenant's targets needs any more. */
export async function releaseTargets(tenantId: string): Promise<void> {
  const targets = await withTenant(tenantId, findTargets);
  const paths = targets.flatMap(({ places }) => places.map(({ path }) => path));
  const hosts = targets.flatMap(({ replicas }) => replicas.map(({ url }) => hostOf(url)));
  await withDirectory(tenantId, (tx) =>
    tx.targetClaim.deleteMany({
      where: {
        tenantId,
        OR: [
          { kind: "path", value: { notIn: paths } },
          { kind: "host", value: { notIn: hosts } },
        ],
      },
    }),
  );
}
