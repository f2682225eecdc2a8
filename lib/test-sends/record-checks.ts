import { z } from "zod";
import { INTEGRATION_KEYS, parseSecretRef } from "@/lib/alertmanager";
import { command } from "@/lib/tenancy";

interface SecretChecked {
  type: "SecretChecked";
  data: { subject: string; receiver: string; integration: string; outcome: string };
}

const checkSchema = z.object({
  key: z.enum(INTEGRATION_KEYS),
  index: z.number().int(),
  outcome: z.enum(["works", "refused", "unknown"]),
  words: z.string(),
  refs: z.array(z.string()),
});

/** What was said of each version of a secret; a later version has to be asked for anew. */
export const recordChecks = command(
  {
    name: "record-secret-checks",
    permission: "configuration:edit",
    input: z.object({ testId: z.uuid(), receiver: z.string(), checks: z.array(checkSchema) }),
    stream: {
      type: "test",
      id: ({ testId }) => testId,
      initial: null,
      evolve: (state: null, _event: SecretChecked) => state,
      // The rows are written by the handler: there is nothing to fold.
      project: async () => {},
    },
  },
  async (_state, { receiver, checks }, { tx, ctx, now }) => {
    const { tenantId, actor } = ctx;
    for (const { refs, outcome, words } of checks) {
      for (const { id: secretId, version } of refs.flatMap((ref) => parseSecretRef(ref) ?? [])) {
        const known = { outcome, words, checkedBy: actor.id, checkedAt: now };
        const key = { tenantId, secretId, version };
        const where = { tenantId_secretId_version: key };
        await tx.secretCheck.upsert({ where, create: { ...key, ...known }, update: known });
      }
    }
    const events = checks.map(({ key, index, outcome }) => {
      const integration = `${key}[${index}]`;
      const data = { subject: `${receiver} · ${integration}`, receiver, integration, outcome };
      return { type: "SecretChecked", data } satisfies SecretChecked;
    });
    return { events, result: undefined };
  },
);
