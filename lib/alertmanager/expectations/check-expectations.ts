import type { Config } from "../config/types";
import type { TargetProfile } from "../profiles";
import { compileRoutes, findRoutes } from "../routing";
import { type Delivery, traceAlert } from "../tracing";
import type { Expectation } from "./expectation";

/**
 * Why an expectation fails. `params` name receivers (and the time intervals), separated by ", ":
 * `differs` {missing, unexpected} (one may be ""), `missing` {missing}, `unexpected` {unexpected}, `muted` {receivers,
 * intervals}, `not_muted` {receivers}, `unmatched` when no route takes the alert at all.
 */
export interface ExpectationReason {
  code: "differs" | "missing" | "unexpected" | "muted" | "not_muted" | "unmatched";
  params: Readonly<Record<string, string>>;
}

/** How one expectation came out. */
export interface ExpectationResult {
  expectation: Expectation;
  ok: boolean;
  /** Where the alert goes, in the order of the routes, each receiver once. */
  receivers: readonly string[];
  /** Null when it holds. */
  reason: ExpectationReason | null;
}

/**
 * Holds expectations against a configuration as a target of this profile would route. Never throws: a draft may be wrong,
 * and routes that cannot be read match nothing. Inhibition and silences depend on more than the configuration and are not
 * looked at.
 */
export function checkExpectations(
  config: Config,
  profile: TargetProfile,
  expectations: readonly Expectation[],
): ExpectationResult[] {
  const routes = compileRoutes(config, profile);
  return expectations.map((expectation) => {
    const receivers = [...new Set(findRoutes(routes, expectation.labels).map(({ options }) => options.receiver))];
    const reason =
      whereItGoes(expectation, receivers) ??
      whenItIsMuted(expectation, (at) => traceAlert(config, profile, expectation.labels, { at, routes }).deliveries);
    return { expectation, ok: reason === null, receivers, reason };
  });
}

function whereItGoes(expectation: Expectation, got: readonly string[]): ExpectationReason | null {
  const { receivers, reaches, not = [] } = expectation;
  if (got.length === 0) return { code: "unmatched", params: {} };
  const missing = (receivers ?? reaches ?? []).filter((name) => !got.includes(name)).join(", ");
  const unexpected = got.filter((name) => (receivers ? !receivers.includes(name) : not.includes(name))).join(", ");
  if (missing !== "" && unexpected !== "") return { code: "differs", params: { missing, unexpected } };
  if (missing !== "") return { code: "missing", params: { missing } };
  return unexpected === "" ? null : { code: "unexpected", params: { unexpected } };
}

function whenItIsMuted(
  { at, muted, receivers, reaches }: Expectation,
  deliveriesAt: (at: number) => readonly Delivery[],
): ExpectationReason | null {
  if (at === undefined || muted === undefined) return null;
  const named = receivers ?? reaches;
  const asked = deliveriesAt(Date.parse(at)).filter(({ match }) => !named || named.includes(match.receiver));
  const wrong = asked.filter(({ mutedBy }) => (mutedBy !== null) !== muted);
  if (wrong.length === 0) return null;
  const names = [...new Set(wrong.map(({ match }) => match.receiver))].join(", ");
  if (muted) return { code: "not_muted", params: { receivers: names } };
  const intervals = [...new Set(wrong.flatMap(({ mutedBy }) => mutedBy?.intervals ?? []))].join(", ");
  return { code: "muted", params: { receivers: names, intervals } };
}
