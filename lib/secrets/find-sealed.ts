import type { Transaction } from "@/lib/database";
import { factsFor, openSecrets } from "./seal";
import type { SecretKind } from "./secret-facts";

/**
 * Which of `values` lie sealed under one of `refs`, by `kind\0value`. What is behind a reference stays in here: only ask with
 * values that come from a file, never from a person, who could guess that way.
 */
export async function findSealed(
  tx: Transaction,
  tenantId: string,
  refs: readonly string[],
  values: readonly { value: string; kind: SecretKind }[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (refs.length === 0 || values.length === 0) return found;
  // A draft may name what is not there: that is for others to tell.
  const facts = await factsFor(tx, tenantId, refs);
  const opened = await openSecrets(tx, tenantId, Object.keys(facts));
  for (const [ref, plain] of Object.entries(opened)) {
    const kind = facts[ref]?.kind;
    if (values.some((wanted) => wanted.value === plain && wanted.kind === kind)) found.set(`${kind}\0${plain}`, ref);
  }
  return found;
}
