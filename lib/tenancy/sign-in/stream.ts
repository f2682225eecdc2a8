import type { StreamDefinition } from "../command";
import type { RoleMap } from "./contract";

export type ProviderSettings = {
  name: string;
  issuer: string;
  clientId: string;
  scopes: string;
  roleMap: RoleMap;
  enabled: boolean;
};

type Policy = {
  enforced: boolean;
  breakGlass: readonly string[];
};

interface Domain {
  token: string;
  verifiedBy: "dns" | "operator" | null;
}

export type SignInEvent =
  | { type: "SignInProviderSet"; data: ProviderSettings & { id: string; secret: "kept" | "replaced" | "none" } }
  | { type: "SignInProviderRemoved"; data: Record<never, never> }
  | { type: "SignInDomainAdded"; data: { domain: string; token: string } }
  | { type: "SignInDomainVerified"; data: { domain: string; by: "dns" | "operator" } }
  | { type: "SignInDomainRemoved"; data: { domain: string } }
  | { type: "SignInPolicySet"; data: { before: Policy; after: Policy } };

export interface SignInState {
  provider: (ProviderSettings & { id: string }) | null;
  domains: Readonly<Record<string, Domain>>;
  policy: Policy;
}

function evolve(state: SignInState, event: SignInEvent): SignInState {
  switch (event.type) {
    case "SignInProviderSet": {
      const { secret: _secret, ...provider } = event.data;
      return { ...state, provider };
    }
    case "SignInProviderRemoved":
      return { ...state, provider: null };
    case "SignInDomainAdded": {
      const { domain, token } = event.data;
      return { ...state, domains: { ...state.domains, [domain]: { token, verifiedBy: null } } };
    }
    case "SignInDomainVerified": {
      const { domain, by } = event.data;
      const known = state.domains[domain];
      return known ? { ...state, domains: { ...state.domains, [domain]: { ...known, verifiedBy: by } } } : state;
    }
    case "SignInDomainRemoved": {
      const { [event.data.domain]: _removed, ...domains } = state.domains;
      return { ...state, domains };
    }
    case "SignInPolicySet":
      return { ...state, policy: event.data.after };
  }
}

/** How a tenant's people sign in: one stream per tenant, whose id is the tenant's. */
export const signInStream: StreamDefinition<SignInState, SignInEvent, { tenantId: string }> = {
  type: "sign-in",
  directory: true,
  id: ({ tenantId }) => tenantId,
  initial: { provider: null, domains: {}, policy: { enforced: false, breakGlass: [] } },
  evolve,
  project: async (tx, { tenantId, state, events, now }) => {
    const { provider, policy } = state;
    if (provider) {
      const row = { ...provider, updatedAt: now };
      await tx.signInProvider.upsert({ where: { tenantId }, create: { tenantId, ...row }, update: row });
    } else await tx.signInProvider.deleteMany({ where: { tenantId } });
    const rule = { enforced: policy.enforced, breakGlass: [...policy.breakGlass] };
    await tx.signInPolicy.upsert({ where: { tenantId }, create: { tenantId, ...rule }, update: rule });
    for (const event of events) {
      if (!("domain" in event.data)) continue;
      const { domain } = event.data;
      const known = state.domains[domain];
      if (!known) await tx.signInDomain.deleteMany({ where: { tenantId, domain } });
      else {
        const { token, verifiedBy } = known;
        const fields = { token, verifiedBy, verifiedAt: verifiedBy ? now : null };
        const create = { tenantId, domain, ...fields, createdAt: now };
        await tx.signInDomain.upsert({ where: { tenantId_domain: { tenantId, domain } }, create, update: fields });
      }
    }
  },
};
