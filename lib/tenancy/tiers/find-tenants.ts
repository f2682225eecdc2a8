import type { z } from "zod";
import { onPlatform } from "@/lib/database";
import { parseInput } from "../command";
import { type FindTenants, findTenantsSchema, listedTenantSchema, type tenantPageSchema } from "./contract";

interface Row {
  id: string;
  slug: string;
  name: string;
  created_at: Date;
  tier: string;
  state: string;
  level: string;
  members: bigint;
  fullest: number | null;
  quota: string | null;
  measured_at: Date | null;
  total: bigint;
}

/** One page of all tenants, without any content. The caller has checked that an operator asks. */
export async function findTenants(given: FindTenants): Promise<z.infer<typeof tenantPageSchema>> {
  const { search, state, tier, ids, sort, page, size } = parseInput(findTenantsSchema, given);
  const rows = await onPlatform(
    (client) => client.$queryRaw<Row[]>`
      SELECT * FROM find_tenants(${search || null}, ${state ?? null}, ${tier ?? null}, ${ids ?? null}::uuid[],
        ${sort === "usage"}, ${size}::integer, ${(page - 1) * size}::integer)`,
  );
  const tenants = rows.map(({ created_at, members, fullest, quota, measured_at, total: _total, ...row }) =>
    listedTenantSchema.parse({
      ...row,
      createdAt: created_at.toISOString(),
      members: Number(members),
      usage: measured_at && { share: fullest, quota, measuredAt: measured_at.toISOString() },
    }),
  );
  return { tenants, total: Number(rows[0]?.total ?? 0) };
}
