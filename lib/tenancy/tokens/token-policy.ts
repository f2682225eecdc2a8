import { command, type StreamDefinition } from "../command";
import { tokenPolicySchema } from "./contract";

type PolicyEvent = { type: "ApiTokenPolicyChanged"; data: { maxDays: number } };

const policyStream: StreamDefinition<number | null, PolicyEvent, unknown> = {
  type: "api-token-policy",
  directory: true,
  id: () => "policy",
  initial: null,
  evolve: (_state, { data }) => data.maxDays,
  project: async (tx, { tenantId, state }) => {
    if (state === null) return;
    const data = { maxDays: state };
    await tx.apiTokenPolicy.upsert({ where: { tenantId }, create: { tenantId, ...data }, update: data });
  },
};

/** How long a token of this tenant may live; those that are older than that end with it. */
export const setTokenPolicy = command(
  {
    name: "setTokenPolicy",
    permission: "tenant:settings",
    input: tokenPolicySchema,
    stream: policyStream,
    stepUp: true,
  },
  (before, { maxDays }) => {
    const event: PolicyEvent = { type: "ApiTokenPolicyChanged", data: { maxDays } };
    return { events: before === maxDays ? [] : [event], result: { maxDays } };
  },
);
