import { type Conflict, mergeDocuments, renderConfig } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { evolve, rebase } from "./decider";
import type { ChangeEvent, ChangeState } from "./events";
import { liveDocument, startDocument } from "./queries";
import { findRevision, frozenDocument } from "./rows";

interface Rebased {
  state: ChangeState;
  events: ChangeEvent[];
  /** Places that both changed differently; this change's side stays there. */
  conflicts: Conflict[];
}

/** Brings what others published since into this change. */
export async function ontoLive(tx: Transaction, tenantId: string, state: ChangeState): Promise<Rebased> {
  const live = await liveDocument(tx, tenantId);
  if (live.revision === null || live.revision === state.baseRevision) return { state, events: [], conflicts: [] };
  const base =
    state.baseRevision === null
      ? startDocument()
      : frozenDocument(await findRevision(tx, tenantId, state.baseRevision));
  const { document, conflicts } = mergeDocuments(base, state.document, live.document);
  const source = document.source === null ? null : renderConfig(document).yaml;
  const events = rebase(state, live.revision, { ...document, source });
  return { state: events.reduce(evolve, state), events, conflicts };
}

/** The same, where nobody is there to look at the conflicts. */
export async function ontoLiveUnlessConflict(tx: Transaction, tenantId: string, state: ChangeState): Promise<Rebased> {
  const rebased = await ontoLive(tx, tenantId, state);
  const { conflicts } = rebased;
  if (conflicts.length === 0) return rebased;
  const { baseRevision: live } = rebased.state;
  const what = conflicts.length === 1 ? "1 place that" : `${conflicts.length} places that`;
  throw new AppError(
    "conflict",
    `Revision ${live} was published meanwhile and changed ${what} this change also changes. Bring it up to date, then review again.`,
    { reason: "live_moved", live, base: state.baseRevision, conflicts },
  );
}
