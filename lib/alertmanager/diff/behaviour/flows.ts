import type { AlertClasses } from "./past-alerts";
import { areSame, type Routed, receiversOf } from "./routed";
import { type Receiving, URGENCIES, type Urgency } from "./urgency";

type Labels = Readonly<Record<string, string>>;

/** Alerts that went to one receiver and go to another; `null` is nobody. Equal ends: nothing changes for them. */
export interface ReceiverFlow {
  from: string | null;
  to: string | null;
  alerts: number;
  /** A few of their label sets. */
  samples: readonly Labels[];
}

/** What becomes of the alerts of a receiver that is the same or another afterwards, by how it reaches somebody. */
export interface UrgencyFlow {
  from: Urgency;
  to: Urgency;
  alerts: number;
  samples: readonly Labels[];
}

export interface Flows {
  /** Alerts that reach more receivers, fewer, or others. */
  gained: number;
  lost: number;
  moved: number;
  receivers: ReceiverFlow[];
  urgencies: UrgencyFlow[];
  /** Of each receiver the alerts that it loses, of which `pages` woke somebody through it. */
  losses: { receiver: string; alerts: number; pages: number }[];
}

/** Of each flow so many label sets are told. */
const SAMPLES = 5;

interface Side {
  routed: Routed;
  receiving: ReadonlyMap<string, Receiving>;
}

/** Compares for each class of alerts which receivers get them. */
export function compareReceivers(classes: AlertClasses, before: Side, after: Side): Flows {
  const totals = { gained: 0, lost: 0, moved: 0 };
  const receivers = new Tally<string | null>();
  const urgencies = new Tally<Urgency>();
  const losses = new Map<string, { alerts: number; pages: number }>();
  const urgencyOf = ({ receiving }: Side, names: readonly string[]) =>
    mostUrgent(names.map((name) => receiving.get(name)?.urgency ?? "none"));
  const alike = sameReceiving(before.receiving, after.receiving);
  classes.alerts.forEach((alerts, at) => {
    if (alike && areSame(before.routed[at]!, after.routed[at]!)) {
      for (const name of receiversOf(before.routed[at]!)) receivers.add(name, name, alerts, () => []);
      return;
    }
    const [was, is] = [before.routed[at]!, after.routed[at]!].map(receiversOf) as [string[], string[]];
    const gone = was.filter((name) => !is.includes(name));
    const come = is.filter((name) => !was.includes(name));
    if (gone.length > 0 || come.length > 0) {
      totals[gone.length === 0 ? "gained" : come.length === 0 ? "lost" : "moved"] += alerts;
    }
    const sample = () => classes.members(at);
    for (const name of was) if (is.includes(name)) receivers.add(name, name, alerts, sample);
    for (let pair = 0; pair < Math.max(gone.length, come.length); pair++) {
      receivers.add(gone[pair] ?? null, come[pair] ?? null, alerts, sample);
    }
    const [urgent, later] = [urgencyOf(before, was), urgencyOf(after, is)];
    if (urgent !== later) urgencies.add(urgent, later, alerts, sample);
    for (const name of was) {
      const page = before.receiving.get(name)?.urgency === "page";
      const pages = page && !(is.includes(name) && after.receiving.get(name)?.urgency === "page") ? alerts : 0;
      const lost = is.includes(name) ? 0 : alerts;
      if (pages === 0 && lost === 0) continue;
      const sum = losses.get(name) ?? { alerts: 0, pages: 0 };
      losses.set(name, { alerts: sum.alerts + lost, pages: sum.pages + pages });
    }
  });
  const lost = [...losses].map(([receiver, sums]) => ({ receiver, ...sums }));
  lost.sort((left, right) => right.pages - left.pages || right.alerts - left.alerts);
  return { ...totals, receivers: receivers.list(), urgencies: urgencies.list(), losses: lost };
}

function sameReceiving(one: Side["receiving"], other: Side["receiving"]): boolean {
  return one.size === other.size && [...one].every(([name, { urgency }]) => other.get(name)?.urgency === urgency);
}

function mostUrgent(urgencies: readonly Urgency[]): Urgency {
  return URGENCIES.find((urgency) => urgencies.includes(urgency)) ?? "none";
}

interface Flow<End> {
  from: End;
  to: End;
  alerts: number;
  samples: Labels[];
}

class Tally<End> {
  readonly #flows = new Map<End, Map<End, Flow<End>>>();

  add(from: End, to: End, alerts: number, sample: () => readonly { labels: Labels }[]) {
    const there = this.#flows.get(from) ?? new Map<End, Flow<End>>();
    this.#flows.set(from, there);
    let flow = there.get(to);
    if (!flow) {
      flow = { from, to, alerts: 0, samples: [] };
      there.set(to, flow);
    }
    flow.alerts += alerts;
    if (from === to || flow.samples.length >= SAMPLES) return;
    const wanted = SAMPLES - flow.samples.length;
    flow.samples.push(
      ...sample()
        .slice(0, wanted)
        .map(({ labels }) => labels),
    );
  }

  list() {
    const all = [...this.#flows.values()].flatMap((there) => [...there.values()]);
    return all.sort((left, right) => right.alerts - left.alerts);
  }
}
