import type { StreamDefinition } from "@/lib/tenancy";
import type { HistorySettings } from "./contract";

export type HistoryEvent =
  | { type: "TapCreated"; data: { tap: string; name: string } }
  | { type: "TapRevoked"; data: { tap: string; name: string } }
  | { type: "HistorySettingsChanged"; data: { before: HistorySettings | null; after: HistorySettings } };

/** What is decided about a tenant's history; the alerts themselves are no events of ours. */
export const historyStream: StreamDefinition<null, HistoryEvent, unknown> = {
  type: "history",
  id: () => "history",
  initial: null,
  evolve: (state) => state,
  // Rows are written by the handlers, which look at them anyhow.
  project: async () => {},
};
