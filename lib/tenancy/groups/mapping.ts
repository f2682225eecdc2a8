import type { Transaction } from "@/lib/database";
import { roleSchema } from "../contract";
import { grantsSchema } from "../grants/contract";
import type { GroupRole } from "./contract";

export async function groupMapping(directory: Transaction): Promise<GroupRole[]> {
  const rows = await directory.groupRole.findMany({ orderBy: { name: "asc" } });
  return rows.map(({ name, role, grants }) => ({
    name,
    role: roleSchema.parse(role),
    grants: grantsSchema.nullable().parse(grants),
  }));
}
