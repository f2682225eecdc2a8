import type { BehaviourDiff } from "@/lib/alertmanager";

/** As many lines of each kind as somebody reads. */
const MOST_LINES = 20;

/** What changes for alerts, for people: a line that sums up, then who gets what instead of what. */
export function printBehaviour(diff: BehaviourDiff): string {
  const { basis, days, alerts, gained, lost, moved, regroupings, notifications } = diff;
  const name = (receiver: string | null) => receiver ?? "(nobody)";
  const flows = diff.flows.filter(({ from, to }) => from !== to);
  const over = basis === "history" ? `of ${alerts} in ${days} ${days === 1 ? "day" : "days"}` : `of ${alerts} made up`;
  const again = regroupings.filter(({ after, firing }) => after !== null && firing > 0);
  const lines = [
    ...limited(flows, ({ from, to, alerts: count, samples: [sample] }) => {
      return `  ${name(from)} → ${name(to)}: ${count} alerts${sample ? `, such as ${JSON.stringify(sample)}` : ""}`;
    }),
    ...limited(diff.urgencies, ({ from, to, alerts: count }) => `  ${from} becomes ${to}: ${count} alerts`),
    ...limited(
      diff.losses.filter(({ pages }) => pages > 0),
      ({ receiver, pages }) => `  ${receiver} loses ${pages} pages`,
    ),
    ...limited(again, ({ receiver, after }) => `  ${receiver} is notified again: ${after}`),
    ...limited(notifications, ({ receiver, before, after }) => {
      return `  ${receiver}: about ${before} → ${after} notifications (estimated)`;
    }),
  ];
  const sum = `Behaviour: ${gained} gained, ${lost} lost, ${moved} moved (${over})`;
  return `${[sum, ...lines].join("\n")}\n`;
}

function limited<T>(items: readonly T[], print: (item: T) => string): string[] {
  const lines = items.slice(0, MOST_LINES).map(print);
  return items.length > MOST_LINES ? [...lines, `  … and ${items.length - MOST_LINES} more`] : lines;
}
