import { z } from "zod";
import type { Transaction } from "@/lib/database";
import { query } from "@/lib/tenancy";
import { PERMISSIONS } from "@/lib/tenancy/contract";

/** Members who may review, by name. */
export async function reviewersAmong(directory: Transaction, tenantId: string) {
  const rows = await directory.membership.findMany({
    where: { tenantId, role: { in: [...PERMISSIONS["changes:review"]] } },
    select: { person: { select: { id: true, name: true } } },
  });
  return rows.map(({ person }) => person).toSorted((one, other) => one.name.localeCompare(other.name));
}

export const candidatesOf = query(
  { name: "review-candidates", permission: "configuration:view", directory: true, input: z.object({}) },
  (directory, _input, { tenantId }) => reviewersAmong(directory, tenantId),
);
