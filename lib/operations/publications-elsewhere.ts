import { tenantsElsewhere, withTenant } from "@/lib/database";
import { logger } from "@/lib/observability";

const WEEK_MS = 7 * 86_400_000;

/** Publications under way or failed lately, of tenants that are not in the shared tables: each is asked where it is. */
export async function publicationsElsewhere(most: number) {
  const found: Awaited<ReturnType<typeof publicationsOf>> = [];
  for (const tenantId of await tenantsElsewhere())
    try {
      found.push(...(await publicationsOf(tenantId, most)));
    } catch (err) {
      // The page of health is for when something is away.
      logger("operations").warn({ err, tenantId }, "this tenant cannot be asked");
    }
  return found;
}

function publicationsOf(tenantId: string, most: number) {
  return withTenant(tenantId, (tx) =>
    tx.publication.findMany({
      where: {
        OR: [
          { status: { in: ["requested", "running"] } },
          { status: { in: ["failed", "restored"] }, finishedAt: { gt: new Date(Date.now() - WEEK_MS) } },
        ],
      },
      select: {
        ...{ tenantId: true, revision: true, status: true, error: true, requestedAt: true, finishedAt: true },
        ...{ leaseOwner: true, leaseUntil: true, attempts: true },
      },
      orderBy: { requestedAt: "desc" },
      take: most,
    }),
  );
}
