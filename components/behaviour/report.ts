import type {
  BehaviourDiff,
  ChangedAlert,
  Config,
  NotificationChange,
  PastAlerts,
  ReceiverFlow,
  Regrouping,
  TargetProfile,
  UrgencyFlow,
} from "@/lib/alertmanager";
import { changedAlerts, diffBehaviour } from "@/lib/alertmanager/diff/behaviour";
import { type Renamed, renamedReceivers, withNames } from "./renamed-receivers";

export type ChangeKind = ChangedAlert["kind"];

/** What the page is told of a behavioural difference: little enough to be sent between threads after each edit. */
export type BehaviourReport = Pick<BehaviourDiff, "basis" | "alerts" | "gained" | "lost" | "moved" | "losses"> & {
  /** Receivers that only have another name: their alerts have not moved. */
  renamed: readonly Renamed[];
  flows: readonly Omit<ReceiverFlow, "samples">[];
  urgencies: readonly UrgencyFlow[];
  notifications: readonly NotificationChange[];
  regroupings: readonly Regrouping[];
  /** Of all, not only of those that are told. */
  regrouped: { groups: number; firing: number };
  /** Of each kind the first label sets; absent when only numbers were asked for. */
  changed?: readonly ChangedAlert[];
  /** How many label sets there are of each kind. */
  labelSets?: Readonly<Record<ChangeKind, number>>;
};

/** So many label sets of each kind are told. */
export const MOST_TOLD = 1_000;
const MOST_FLOWS = 400;
const MOST_GROUPS = 50;

export type ReportQuestion = {
  before: Config;
  after: Config;
  profile: TargetProfile;
  history: readonly PastAlerts[];
  /** Now, in seconds since 1970. */
  at: number;
  /** Whether label sets are wanted, and not only numbers. */
  detailed: boolean;
};

export function reportBehaviour({ before, after, profile, history, at, detailed }: ReportQuestion): BehaviourReport {
  const renamed = renamedReceivers(before, after);
  const was = withNames(before, renamed);
  const diff = diffBehaviour(was, after, profile, { history, at });
  const { basis, alerts, gained, lost, moved, losses, notifications } = diff;
  const urgencies = diff.urgencies.toSorted(
    (one, other) => Number(other.from === "page") - Number(one.from === "page"),
  );
  const known = basis === "history" ? diff.regroupings : [];
  return {
    ...{ basis, alerts, gained, lost, moved, losses, urgencies, notifications, renamed },
    flows: shownFlows(diff),
    regroupings: detailed ? known.slice(0, MOST_GROUPS) : [],
    regrouped: { groups: known.length, firing: known.reduce((sum, { firing }) => sum + firing, 0) },
    ...(detailed ? told(changedAlerts(was, after, profile, history)) : {}),
  };
}

/** Of receivers for which nothing changes nothing is told. */
function shownFlows({ flows, notifications, losses }: BehaviourDiff): BehaviourReport["flows"] {
  const changed = flows.filter(({ from, to }) => from !== to).slice(0, MOST_FLOWS);
  const touched = new Set(changed.flatMap(({ from, to }) => [from, to]));
  for (const { receiver } of [...notifications, ...losses]) touched.add(receiver);
  const stays = flows.filter(({ from, to }) => from === to && touched.has(from));
  return [...changed, ...stays].map(({ from, to, alerts }) => ({ from, to, alerts }));
}

function told(changed: readonly ChangedAlert[]): Pick<BehaviourReport, "changed" | "labelSets"> {
  const labelSets = { gained: 0, lost: 0, moved: 0 };
  return { changed: changed.filter(({ kind }) => ++labelSets[kind] <= MOST_TOLD), labelSets };
}

/** A history that begins with the window, so that what fires since long is not repeated from before it. */
export function clipHistory(sets: readonly PastAlerts[], from: number): PastAlerts[] {
  return sets.map(({ labels, firings }) => {
    return { labels, firings: firings.map((time) => Math.max(time, from)) };
  });
}
