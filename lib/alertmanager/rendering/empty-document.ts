import type { ConfigDocument } from "../config/types";

/** The least that Alertmanager loads: everything goes to a receiver that does nothing. */
export function emptyDocument(newId: () => string): ConfigDocument {
  return {
    config: { route: { id: newId(), receiver: "default" }, receivers: [{ id: newId(), name: "default" }] },
    templates: [],
    source: null,
  };
}
