import type { Expectation } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";

type Labels = Readonly<Record<string, string>>;

const LONGEST_NAME = 160;

/** What one click expects: that the alert goes on reaching exactly these. The name is one that no other has. */
export function newExpectation(
  labels: Labels,
  receivers: readonly string[],
  known: readonly SavedExpectation[],
): Expectation {
  const names = new Set(known.map(({ expectation }) => expectation.name));
  const wanted = proposedName(labels, receivers);
  let name = wanted;
  for (let number = 2; names.has(name); number++) {
    const suffix = ` (${number})`;
    name = wanted.slice(0, LONGEST_NAME - suffix.length) + suffix;
  }
  return { name, labels, receivers };
}

/** The one that says just that already. */
export function sameExpectation(
  labels: Labels,
  receivers: readonly string[],
  known: readonly SavedExpectation[],
): SavedExpectation | undefined {
  return known.find(
    ({ expectation }) =>
      expectation.at === undefined &&
      expectation.receivers !== undefined &&
      textOf(expectation.labels) === textOf(labels) &&
      [...expectation.receivers].sort().join("\n") === [...receivers].sort().join("\n"),
  );
}

function proposedName(labels: Labels, receivers: readonly string[]): string {
  const { alertname, ...others } = labels;
  const told = [alertname, ...Object.values(others).slice(0, 3)].filter(Boolean).join(" ");
  return `${told} → ${receivers.join(", ")}`.slice(0, LONGEST_NAME);
}

function textOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}
