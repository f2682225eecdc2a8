import { z } from "zod";
import { parseSecretRef } from "@/lib/alertmanager";
import { query, type TenantContext } from "@/lib/tenancy";
import type { livenessInputSchema, SecretCheckDto } from "./contract";
import { savedDocument } from "./load";
import { integrationsOf, receiverIn, secretRefsOf, singleConfig } from "./single";

/** Of each integration what was last said of the secrets that it has now. */
export async function readChecks(
  ctx: TenantContext,
  input: z.output<typeof livenessInputSchema>,
): Promise<SecretCheckDto[]> {
  const document = await savedDocument(ctx, input.changeId);
  const receiver = receiverIn(document, input.receiverId);
  const integrations = integrationsOf(receiver, input.integration).map((tested) => ({
    tested,
    refs: secretRefsOf(singleConfig(document, receiver, tested)),
  }));
  const known = await checksOf(ctx, { refs: integrations.flatMap(({ refs }) => refs) });
  return integrations.map(({ tested, refs }) => {
    const [last] = refs
      .flatMap((ref) => known[ref] ?? [])
      .sort((left, right) => right.checkedAt.localeCompare(left.checkedAt));
    return { ...tested, ...(last ?? { outcome: "none", words: "", checkedAt: null }) };
  });
}

const checksOf = query(
  { name: "secret-checks", permission: "configuration:view", input: z.object({ refs: z.array(z.string()) }) },
  async (tx, { refs }, { tenantId }) => {
    const parts = refs.flatMap((ref) => {
      const part = parseSecretRef(ref);
      return part ? [{ ref, ...part }] : [];
    });
    if (parts.length === 0) return {};
    const rows = await tx.secretCheck.findMany({
      where: { tenantId, OR: parts.map(({ id, version }) => ({ secretId: id, version })) },
    });
    return Object.fromEntries(
      parts.flatMap(({ ref, id, version }) => {
        const row = rows.find((one) => one.secretId === id && one.version === version);
        return row ? [[ref, told(row)]] : [];
      }),
    );
  },
);

function told(row: {
  outcome: string;
  words: string;
  checkedAt: Date;
}): Pick<SecretCheckDto, "outcome" | "words"> & { checkedAt: string } {
  return {
    outcome: z.enum(["works", "refused", "unknown"]).parse(row.outcome),
    words: row.words,
    checkedAt: row.checkedAt.toISOString(),
  };
}
