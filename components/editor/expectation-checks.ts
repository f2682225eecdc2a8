import {
  type Config,
  checkExpectations,
  type Diagnostic,
  type ExpectationResult,
  profileFor,
} from "@/lib/alertmanager";
import { messageOf } from "@/lib/alertmanager/validation/context";
import type { DiagnosticCode } from "@/lib/alertmanager/validation/diagnostic-codes";
import type { Finding } from "../fields/judges";
import { judged } from "./analyse";
import type { Expected } from "./worker-protocol";

const NOTHING: readonly Finding[] = [];

/** What somebody expects of alerts and the draft does not keep; found in a pause, and it stands until it is looked for again. */
export class ExpectationChecks {
  #about: readonly unknown[] = [];
  #found: readonly Finding[] = NOTHING;

  lacks(config: Config, profiles: readonly string[], expected: readonly Expected[]): boolean {
    if (expected.length === 0) return this.#found.length > 0;
    return !aboutOf(config, profiles, expected).every((part, index) => part === this.#about[index]);
  }

  look(config: Config, profiles: readonly string[], expected: readonly Expected[]): void {
    const list = expected.map(({ expectation }) => expectation);
    this.#found = judged(profiles, (id) =>
      checkExpectations(config, profileFor(id), list).flatMap((result, at) =>
        findingOf(result, expected[at]?.id ?? ""),
      ),
    );
    this.#about = aboutOf(config, profiles, expected);
  }

  findings(): readonly Finding[] {
    return this.#found;
  }
}

/** All on which the answers depend: a template or an integration that is edited changes none of them. */
function aboutOf(config: Config, profiles: readonly string[], expected: readonly Expected[]) {
  return [config.route, config.time_intervals, config.mute_time_intervals, profiles.join(), expected];
}

const CODES = {
  ...{ differs: "expectation_fails", missing: "expectation_fails", unexpected: "expectation_fails" },
  ...{ unmatched: "expectation_unmatched", muted: "expectation_muted", not_muted: "expectation_not_muted" },
} as const satisfies Record<string, DiagnosticCode>;

function findingOf({ expectation: { name }, receivers, reason }: ExpectationResult, id: string): Diagnostic[] {
  if (!reason) return [];
  const code = CODES[reason.code];
  const params = {
    name,
    got: receivers.join(", "),
    ...(reason.code === "muted" && { intervals: reason.params.intervals ?? "" }),
  };
  return [{ code, severity: "error", path: ["expectations", id], params, message: messageOf(code, params) }];
}
