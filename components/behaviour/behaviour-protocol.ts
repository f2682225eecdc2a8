import type { Config, PastAlerts } from "@/lib/alertmanager";
import type { Patch } from "../editor/document-patch";
import type { BehaviourReport } from "./report";

export type ConfigUpdate = { whole: Config } | { patches: readonly Patch[] };

/** Null: as it was sent before. */
export type BehaviourRequest = {
  sequence: number;
  history: { sets: readonly PastAlerts[]; from: number } | null;
  before: ConfigUpdate;
  after: ConfigUpdate;
  profile: string;
  at: number;
  detailed: boolean;
};

export type BehaviourAnswer = { sequence: number; report: BehaviourReport } | { sequence: number; message: string };
