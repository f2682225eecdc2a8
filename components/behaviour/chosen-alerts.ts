import type { ChangedAlert } from "@/lib/alertmanager";

export type ChangeFilter = "all" | ChangedAlert["kind"];

/** Those of a kind; of a flow, those that leave its one end and come to its other. */
export function chosenAlerts(
  alerts: readonly ChangedAlert[],
  filter: ChangeFilter,
  flow: { from: string | null; to: string | null } | null,
): readonly ChangedAlert[] {
  return alerts.filter(({ kind, before, after }) => {
    if (filter !== "all" && kind !== filter) return false;
    if (!flow) return true;
    const leaves = flow.from === null || (before.includes(flow.from) && !after.includes(flow.from));
    const comes = flow.to === null || (after.includes(flow.to) && !before.includes(flow.to));
    return leaves && comes;
  });
}

const PER_PAGE = 20;

export type ListPage<T> = { shown: readonly T[]; from: number; to: number; count: number; page: number; last: number };

/** One page of a list, counted from 0; beyond the end the last one. */
export function pageOf<T>(list: readonly T[], wanted: number): ListPage<T> {
  const last = Math.max(0, Math.ceil(list.length / PER_PAGE) - 1);
  const page = Math.min(wanted, last);
  const start = page * PER_PAGE;
  const shown = list.slice(start, start + PER_PAGE);
  return { shown, from: start + 1, to: start + shown.length, count: list.length, page, last };
}
