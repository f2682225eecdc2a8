import { mergeDocuments, renderConfig } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { evolve, rebase } from "./decider";
import type { ChangeEvent, ChangeState } from "./events";
import { liveDocument } from "./queries";
import { findRevision, frozenDocument } from "./rows";

/** Brings what others published since into this change; `conflict` when both changed the same thing differently. */
export async function ontoLive(
  tx: Transaction,
  tenantId: string,
  state: ChangeState,
): Promise<{ state: ChangeState; events: ChangeEvent[] }> {
  const live = await liveDocument(tx, tenantId);
  if (live.revision === null || live.revision === state.baseRevision) return { state, events: [] };
  const base = await baseDocument(tx, tenantId, state);
  if (!base) throw noCommonGround(state, live.revision);
  const { document, conflicts } = mergeDocuments(base, state.document, live.document);
  if (conflicts.length > 0) {
    throw new AppError(
      "conflict",
      `Revision ${live.revision} was published meanwhile and changed the same places. Settle them in this change first.`,
      { reason: "live_moved", live: live.revision, base: state.baseRevision, conflicts },
    );
  }
  const source = document.source === null ? null : renderConfig(document).yaml;
  const events = rebase(state, live.revision, { ...document, source });
  return { state: events.reduce(evolve, state), events };
}

async function baseDocument(tx: Transaction, tenantId: string, { baseRevision }: ChangeState) {
  return baseRevision === null ? null : frozenDocument(await findRevision(tx, tenantId, baseRevision));
}

/** Opened before anything was published: a merge has nothing to start from. */
function noCommonGround(state: ChangeState, live: number): AppError {
  return new AppError(
    "conflict",
    `Revision ${live} was published after this change was opened. Open a new change and bring your edits over.`,
    { reason: "live_moved", live, base: state.baseRevision },
  );
}
