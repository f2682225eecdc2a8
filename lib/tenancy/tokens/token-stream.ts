import type { StreamDefinition } from "../command";

export type TokenEvent =
  | { type: "ApiTokenCreated"; data: { person: string | null; name: string; scopes: string[]; expiresAt: string } }
  | { type: "ApiTokenRevoked"; data: { person: string | null } }
  | { type: "ApiTokenExchanged"; data: { family: string; scopes: string[] } }
  /** Somebody else holds what was the program's: of the highest severity. */
  | { type: "RefreshTokenReplayed"; data: { severity: "critical"; family: string; address: string } };

interface TokenState {
  person: string | null;
  revoked: boolean;
  /** Whose refresh token was used twice. */
  replayed: readonly string[];
}

/** One stream per token. Its secret's hash is in no event, so the row is made by the verb and changed from here. */
export const tokenStream: StreamDefinition<TokenState | null, TokenEvent, { id: string }> = {
  type: "api-token",
  directory: true,
  personal: { RefreshTokenReplayed: ["address"] },
  id: ({ id }) => id,
  initial: null,
  evolve: (state, { type, data }) => {
    if (type === "ApiTokenCreated") return { person: data.person, revoked: false, replayed: [] };
    if (!state) return state;
    if (type === "ApiTokenRevoked") return { ...state, revoked: true };
    return type === "RefreshTokenReplayed" ? { ...state, replayed: [...state.replayed, data.family] } : state;
  },
  project: async (tx, { streamId, events, now }) => {
    for (const { type, data } of events) {
      if (type === "ApiTokenRevoked") {
        await tx.apiToken.updateMany({ where: { id: streamId, revokedAt: null }, data: { revokedAt: now } });
      }
      if (type === "RefreshTokenReplayed") {
        await tx.refreshFamily.updateMany({ where: { id: data.family, revokedAt: null }, data: { revokedAt: now } });
      }
    }
  },
};
