import { onPlatform } from "@/lib/database";
import { recordOnPlatform } from "../platform-log";

const AT_ONCE = 20;

/** Removes all that belongs to tenants whose grace is over; PostgreSQL looks again whether it is. Returns their slugs. */
export async function purgeTenants(): Promise<string[]> {
  const due = await onPlatform(
    (client) => client.$queryRaw<{ id: string; slug: string }[]>`SELECT * FROM tenants_to_purge(${AT_ONCE}::integer)`,
  );
  const purged: string[] = [];
  for (const { id, slug } of due) {
    const [row] = await onPlatform(
      (client) => client.$queryRaw<{ purged: boolean }[]>`SELECT purge_tenant(${id}::uuid) AS purged`,
    );
    // Another process was faster, or somebody restored it in this moment.
    if (!row?.purged) continue;
    await recordOnPlatform("TenantPurged", { tenant: id, slug });
    purged.push(slug);
  }
  return purged;
}
