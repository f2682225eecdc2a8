import type { Prisma } from "@/lib/database";
import type { StreamDefinition } from "../command";
import type { Overrides, TenantState, TierName } from "./contract";

type Of<Type extends string, Data> = { type: Type; data: Data & Record<string, unknown> };

export type TenantEvent =
  | Of<"TenantTierChanged", { before: TierName; after: TierName }>
  | Of<"TenantOverridesChanged", { before: Overrides; after: Overrides }>
  | Of<"TenantSuspended", { reason: string }>
  | Of<"TenantResumed", Record<string, never>>
  | Of<"TenantExported", Record<string, never>>
  | Of<"TenantDeleted", { deletedAt: string; purgeAfter: string }>
  | Of<"TenantRestored", Record<string, never>>;

export interface TenantLife {
  tier: TierName;
  overrides: Overrides;
  state: TenantState;
  reason: string;
  deletedAt: string | null;
  purgeAfter: string | null;
  /** How many times; zero: never. */
  exports: number;
}

const NEW: TenantLife = {
  tier: "professional",
  overrides: { quotas: {}, features: {} },
  state: "active",
  reason: "",
  deletedAt: null,
  purgeAfter: null,
  exports: 0,
};

const ALIVE = { deletedAt: null, purgeAfter: null } as const;

/** What operators do about a tenant; one stream, in the tenant's own log. */
export const tenantStream: StreamDefinition<TenantLife, TenantEvent, { tenantId: string }> = {
  type: "tenant",
  directory: true,
  id: ({ tenantId }) => tenantId,
  initial: NEW,
  evolve: (life, { type, data }) => {
    switch (type) {
      case "TenantTierChanged":
        return { ...life, tier: data.after };
      case "TenantOverridesChanged":
        return { ...life, overrides: data.after };
      case "TenantSuspended":
        return { ...life, state: "suspended", reason: data.reason };
      case "TenantResumed":
        return { ...life, state: "active", reason: "" };
      case "TenantExported":
        return { ...life, exports: life.exports + 1 };
      case "TenantDeleted":
        return { ...life, state: "deleted", deletedAt: data.deletedAt, purgeAfter: data.purgeAfter };
      case "TenantRestored":
        // Suspended, so that somebody looks before anything is published.
        return { ...life, ...ALIVE, state: "suspended", reason: "" };
      default:
        return life;
    }
  },
  project: async (tx, { tenantId, state, version }) => {
    const { tier, overrides, deletedAt, purgeAfter } = state;
    const data = {
      tierName: tier,
      overrides: overrides as unknown as Prisma.InputJsonValue,
      state: state.state,
      reason: state.reason,
      deletedAt: deletedAt && new Date(deletedAt),
      purgeAfter: purgeAfter && new Date(purgeAfter),
      version,
    };
    await tx.tenant.updateMany({ where: { id: tenantId }, data });
  },
};
