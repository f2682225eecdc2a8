import type { TemplateFile } from "../config/types";
import { goQuote } from "../go/quote";
import type { TargetProfile } from "../profiles";
import { executeTemplate, parseTemplates, type TemplateData, type TemplateSet } from "../templates";
import { isResolved, type StoredAlert } from "./alert";
import { MILLISECOND } from "./clock";
import type { AggregationGroup } from "./dispatcher";

type Labels = Record<string, string>;

/** Renders the labels of a group's route against its alerts, as 0.34 does before each flush. */
export class RouteLabelRenderer {
  #set: TemplateSet | null = null;

  constructor(
    private readonly profile: TargetProfile,
    private readonly templates: readonly TemplateFile[],
    /** Milliseconds since 1970 at the start of the simulation. */
    private readonly epoch: number,
  ) {}

  /** A label whose template fails is left out. */
  render({ route, labels }: AggregationGroup, alerts: readonly StoredAlert[], now: number): Labels {
    const written = route.options.labels;
    const names = Object.keys(written);
    if (names.length === 0) return {};
    this.#set ??= parseTemplates([...this.templates], this.profile).set;
    const set = this.#set;
    const data: TemplateData = {
      receiver: route.options.receiver.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"),
      status: alerts.some((alert) => !isResolved(alert, now)) ? "firing" : "resolved",
      alerts: alerts.map((alert) => this.#alertOf(alert, now)),
      notification_reason: "unknown",
      groupLabels: labels,
      commonLabels: common(alerts.map((alert) => alert.labels)),
      commonAnnotations: common(alerts.map((alert) => alert.annotations)),
      routeLabels: written,
      externalURL: "",
    };
    return Object.fromEntries(
      names.flatMap((name) => {
        const text = `{{ routeLabels ${goQuote(name)} }}`;
        const result = executeTemplate(set, { kind: "text", text, data, profile: this.profile, now: this.#time(now) });
        return result.ok ? [[name, result.output]] : [];
      }),
    );
  }

  #alertOf(alert: StoredAlert, now: number) {
    const resolved = isResolved(alert, now);
    return {
      status: resolved ? "resolved" : "firing",
      labels: alert.labels,
      annotations: alert.annotations,
      startsAt: this.#time(alert.startsAt),
      endsAt: resolved ? this.#time(alert.endsAt) : "0001-01-01T00:00:00Z",
    };
  }

  #time(instant: number): string {
    return new Date(this.epoch + Math.trunc(instant / MILLISECOND)).toISOString();
  }
}

/** What all have in common. */
function common(sets: readonly Readonly<Labels>[]): Labels {
  const [first = {}, ...others] = sets;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      others.every((set) => (Object.hasOwn(set, name) ? set[name] : "") === value),
    ),
  );
}
