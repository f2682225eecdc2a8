import type { Transaction } from "@/lib/database";

/** SHA-256 of the files that this change was imported from. Publishing it over exactly those bytes loses nothing. */
export async function originsOf(tx: Transaction, tenantId: string, changeId: string): Promise<string[]> {
  const rows = await tx.changeOrigin.findMany({ where: { tenantId, changeId }, select: { digest: true } });
  return rows.map(({ digest }) => digest);
}
