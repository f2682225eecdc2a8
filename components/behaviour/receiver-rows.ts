import type { BehaviourReport } from "./report";

/** What a change means for one receiver: its alerts exactly, its notifications by estimate. */
export type ReceiverRow = {
  receiver: string;
  alerts: { before: number; after: number };
  /** Estimated; null when they stay the same or there is no history to estimate from. */
  notifications: { before: number; after: number } | null;
  /** Alerts that come from nobody or another receiver, and that go to nobody or another one. */
  gained: number;
  movedHere: number;
  lost: number;
  movedAway: number;
  /** Alerts that woke somebody through it and do no more. */
  pagesLost: number;
};

/** Receivers for which something changes, those that lose pages first, then by how much changes. */
export function receiverRows({ flows, notifications, losses }: BehaviourReport): ReceiverRow[] {
  const rows = new Map<string, ReceiverRow>();
  const rowOf = (receiver: string): ReceiverRow => {
    const known = rows.get(receiver);
    if (known) return known;
    const counts = { gained: 0, movedHere: 0, lost: 0, movedAway: 0, pagesLost: 0 };
    const row = { receiver, alerts: { before: 0, after: 0 }, notifications: null, ...counts };
    rows.set(receiver, row);
    return row;
  };
  for (const { from, to, alerts } of flows) {
    if (from !== null) {
      const row = rowOf(from);
      row.alerts.before += alerts;
      if (to === null) row.lost += alerts;
      else if (to !== from) row.movedAway += alerts;
    }
    if (to !== null) {
      const row = rowOf(to);
      row.alerts.after += alerts;
      if (from === null) row.gained += alerts;
      else if (to !== from) row.movedHere += alerts;
    }
  }
  for (const { receiver, before, after } of notifications) rowOf(receiver).notifications = { before, after };
  for (const { receiver, pages } of losses) rowOf(receiver).pagesLost = pages;
  const weight = (row: ReceiverRow) => row.gained + row.movedHere + row.lost + row.movedAway;
  return [...rows.values()].sort(
    (left, right) =>
      right.pagesLost - left.pagesLost ||
      weight(right) - weight(left) ||
      left.receiver.localeCompare(right.receiver, "en"),
  );
}

export type PageLoss = {
  receivers: readonly { receiver: string; pages: number }[];
  /** Alerts that woke somebody and wake nobody any more. */
  unheard: number;
};

/** Who loses pages; null when nobody does. */
export function pageLoss({ losses, urgencies }: BehaviourReport): PageLoss | null {
  const receivers = losses.filter(({ pages }) => pages > 0).map(({ receiver, pages }) => ({ receiver, pages }));
  if (receivers.length === 0) return null;
  const silenced = urgencies.filter(({ from, to }) => from === "page" && to !== "page");
  return { receivers, unheard: silenced.reduce((sum, { alerts }) => sum + alerts, 0) };
}
