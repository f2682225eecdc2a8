import { type ConfigDocument, type Conflict, mergeDocuments, renderConfig, takeSides } from "@/lib/alertmanager";
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

interface Mine {
  document: ConfigDocument;
  baseRevision: number | null;
}

/** A document with what others published since; where both changed the same, `theirs` says by label which side is taken. */
export async function mergedOntoLive(
  tx: Transaction,
  tenantId: string,
  mine: Mine,
  live: { revision: number | null; document: ConfigDocument },
  theirs: readonly string[] = [],
): Promise<{ document: ConfigDocument; conflicts: Conflict[] }> {
  if (live.revision === null || live.revision === mine.baseRevision) return { document: mine.document, conflicts: [] };
  const base =
    mine.baseRevision === null ? startDocument() : frozenDocument(await findRevision(tx, tenantId, mine.baseRevision));
  const { document: merged, conflicts } = mergeDocuments(base, mine.document, live.document);
  const sides = conflicts.map(({ label }) => (theirs.includes(label) ? "theirs" : "mine"));
  const document = takeSides(merged, conflicts, Object.fromEntries(sides.entries()));
  const source = document.source === null ? null : renderConfig(document).yaml;
  return { document: { ...document, source }, conflicts };
}

/** Brings what others published since into this change. */
export async function ontoLive(
  tx: Transaction,
  tenantId: string,
  state: ChangeState,
  theirs: readonly string[] = [],
): Promise<Rebased> {
  const live = await liveDocument(tx, tenantId);
  const { document, conflicts } = await mergedOntoLive(tx, tenantId, state, live, theirs);
  const chosen = conflicts.map(({ label }) => label).filter((label) => theirs.includes(label));
  const events = live.revision === null ? [] : rebase(state, live.revision, document, chosen);
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
