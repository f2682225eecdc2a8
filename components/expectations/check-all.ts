import { type Config, checkExpectations, type ExpectationReason, profileFor } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";

export type Checked = {
  saved: SavedExpectation;
  /** Where its alert goes on the first target. */
  receivers: readonly string[];
  /** The first target for which it fails; null when it holds for all. */
  failure: { profile: string; receivers: readonly string[]; reason: ExpectationReason } | null;
};

/** Each expectation held against the configuration, as each of these profiles would route. */
export function checkAll(config: Config, profiles: readonly string[], list: readonly SavedExpectation[]): Checked[] {
  const expectations = list.map(({ expectation }) => expectation);
  const results = profiles.map((profile) => checkExpectations(config, profileFor(profile), expectations));
  return list.map((saved, index) => {
    const at = results.findIndex((result) => result[index]?.ok === false);
    const failed = results[at]?.[index];
    const profile = profiles[at];
    return {
      saved,
      receivers: results[0]?.[index]?.receivers ?? [],
      failure: failed?.reason && profile ? { profile, receivers: failed.receivers, reason: failed.reason } : null,
    };
  });
}
