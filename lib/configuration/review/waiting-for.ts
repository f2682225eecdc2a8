import type { Transaction } from "@/lib/database";
import { OPEN_STATUSES } from "../contract";

/** Ids of open changes that this person was asked to review, and of which they said nothing since the last edit. */
export async function waitingFor(tx: Transaction, person: string, changeId?: string): Promise<ReadonlySet<string>> {
  const asked = await tx.changeReview.findMany({
    where: { reviewers: { has: person }, ...(changeId === undefined ? {} : { changeId }) },
    select: { changeId: true },
  });
  const ids = asked.map((row) => row.changeId);
  if (ids.length === 0) return new Set();
  const open = await tx.change.findMany({
    where: { id: { in: ids }, status: { in: [...OPEN_STATUSES] } },
    select: { id: true },
  });
  const judged = await tx.reviewVerdict.findMany({
    where: { changeId: { in: ids }, person, stale: false },
    select: { changeId: true },
  });
  const done = new Set(judged.map((row) => row.changeId));
  return new Set(open.map(({ id }) => id).filter((id) => !done.has(id)));
}
