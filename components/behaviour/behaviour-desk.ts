import type { Config, PastAlerts } from "@/lib/alertmanager";
import { profileFor } from "@/lib/alertmanager/profiles";
import { applyPatches } from "../editor/document-patch";
import type { BehaviourAnswer, BehaviourRequest, ConfigUpdate } from "./behaviour-protocol";
import { clipHistory, reportBehaviour } from "./report";

/** The worker's side: copies of the history and of both configurations that follow those of the page. */
export class BehaviourDesk {
  #history: readonly PastAlerts[] = [];
  #before: Config = {};
  #after: Config = {};

  answer({ sequence, history, before, after, profile, at, detailed }: BehaviourRequest): BehaviourAnswer {
    try {
      if (history) this.#history = clipHistory(history.sets, history.from);
      this.#before = updated(this.#before, before);
      this.#after = updated(this.#after, after);
      const sides = { before: this.#before, after: this.#after, history: this.#history };
      return { sequence, report: reportBehaviour({ ...sides, profile: profileFor(profile), at, detailed }) };
    } catch (error) {
      return { sequence, message: error instanceof Error ? error.message : String(error) };
    }
  }
}

function updated(config: Config, update: ConfigUpdate): Config {
  if ("whole" in update) return update.whole;
  return update.patches.length === 0 ? config : applyPatches(config, update.patches);
}
