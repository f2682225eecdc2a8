import { randomUUID } from "node:crypto";
import { z } from "zod";
import { seal } from "@/lib/secrets";
import { command, type StreamDefinition, type TenantContext } from "@/lib/tenancy";
import { type SealedSecret, sealSecretInputSchema } from "./contract";
import { nameLookup } from "./rows";

type SecretEvent = { type: "SecretSealed"; data: { kind: string; version: number } & Record<string, unknown> };

/** The log tells that a secret was set, and by whom; never what it is. */
const secretStream: StreamDefinition<null, SecretEvent, { id: string }> = {
  type: "secret",
  id: ({ id }) => id,
  initial: null,
  evolve: () => null,
  project: async () => {},
};

const run = command(
  {
    name: "seal-secret",
    permission: "secrets:replace",
    input: sealSecretInputSchema.extend({ id: z.uuid() }),
    stream: secretStream,
    stepUp: ({ secretId }) => secretId !== undefined,
  },
  async (_state, { value, kind, secretId }, { tx, ctx, now }) => {
    const { ref, facts } = await seal(tx, ctx, { value, kind, ...(secretId ? { secretId } : {}) }, now);
    const nameOf = await nameLookup(tx, [ctx.actor.id]);
    const version = Number(ref.slice(ref.lastIndexOf("/") + 1));
    const event: SecretEvent = { type: "SecretSealed", data: { kind, version, ref } };
    return {
      events: [event],
      result: { ref, facts: { ...facts, setBy: nameOf(ctx.actor.id) } },
    };
  },
);

/** Seals a new secret, or the next version of one. What goes in never comes out again. */
export function sealSecret(ctx: TenantContext, given: z.input<typeof sealSecretInputSchema>): Promise<SealedSecret> {
  return run(ctx, { ...given, id: given.secretId ?? randomUUID() });
}
