import type { CasePreview, IntegrationPreview, PreviewWarning } from "@/lib/alertmanager";

/** `quiet`: nothing is sent, and nothing is wrong about that. */
export type CaseState = "sent" | "quiet" | "warning" | "error";

/** Texts of ten thousand characters are cut nearly everywhere: that alone is nothing to mend. */
export function isExpected(id: string, { code }: PreviewWarning): boolean {
  return code === "truncated" && id === "huge";
}

/** A message without what its template should have said: it goes out, but nobody can use it. */
export function isGrave({ code }: PreviewWarning): boolean {
  return code === "template_ignored";
}

function isLost({ outcome }: CasePreview): boolean {
  return outcome === "failed" || outcome === "crashed";
}

export function stateOf(one: CasePreview): CaseState {
  const { case: id, outcome, warnings } = one;
  if (isLost(one) || warnings.some(isGrave)) return "error";
  if (warnings.some((warning) => !isExpected(id, warning))) return "warning";
  return outcome === "silent" ? "quiet" : "sent";
}

const GRAVITY: readonly CaseState[] = ["quiet", "sent", "warning", "error"];

/** The gravest of what becomes of a case in the integrations of a receiver. */
export function caseStates(integrations: readonly IntegrationPreview[]): ReadonlyMap<string, CaseState> {
  const states = new Map<string, CaseState>();
  for (const { cases } of integrations) {
    for (const one of cases) {
      const state = stateOf(one);
      const known = states.get(one.case);
      if (known === undefined || GRAVITY.indexOf(state) > GRAVITY.indexOf(known)) states.set(one.case, state);
    }
  }
  return states;
}

/** In how many of its cases an integration does not get anything out. */
export function failingCases({ cases }: IntegrationPreview): number {
  return cases.filter(isLost).length;
}
