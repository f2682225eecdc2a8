import { type Bytes, toBytes } from "../go/bytes";
import { ZERO_TIME } from "../go/time";
import { parseJsonTime } from "../go/time-parse";
import {
  BOOL,
  entriesOf,
  type GoFunction,
  type GoType,
  itemsOf,
  STRING,
  STRINGS,
  type StructField,
  string,
  strings,
  type Typed,
  type Value,
} from "../go/value";
import type { TargetProfile } from "../profiles";
import { TIME } from "./time-type";

/** One alert as a template sees it; times in RFC 3339. */
export interface TemplateAlert {
  status: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  startsAt: string;
  endsAt: string;
  generatorURL: string;
  fingerprint: string;
}

/** What a notification is rendered from, spelled as in the JSON of a webhook; absent things are empty. */
export interface TemplateData {
  receiver?: string;
  status?: string;
  alerts?: readonly Partial<TemplateAlert>[] | null;
  notification_reason?: string;
  groupLabels?: Readonly<Record<string, string>> | null;
  commonLabels?: Readonly<Record<string, string>> | null;
  commonAnnotations?: Readonly<Record<string, string>> | null;
  routeLabels?: Readonly<Record<string, string>> | null;
  externalURL?: string;
}

function field(name: string, type: GoType, json?: string): StructField {
  return { name, type, exported: json !== undefined || /^[A-Z]/.test(name), ...(json === undefined ? {} : { json }) };
}

const PAIR: GoType = {
  ...{ kind: "struct", name: "template.Pair", named: true },
  fields: [field("Name", STRING), field("Value", STRING)],
};

function pairText(pairs: readonly Value[]): Bytes {
  return pairs
    .map((pair) =>
      itemsOf(pair!)
        .map((part) => part?.data)
        .join("="),
    )
    .join(", ");
}

/** The types of the data model; `Strings` has a name and `Join` since 0.34. */
interface Model {
  data: GoType;
  alert: GoType;
  alerts: GoType;
  kv: GoType;
}

function buildModel(profile: TargetProfile): Model {
  const named: GoType = {
    ...{ kind: "slice", name: "template.Strings", named: true, elem: STRING },
    methods: {
      Join: {
        ...{ name: "Join", params: [STRING], results: [STRING] },
        call: ([list, separator]) =>
          string(
            itemsOf(list!)
              .map((text) => text?.data)
              .join(separator!.data as Bytes),
          ),
      },
    },
  };
  const texts = profile.reaches("0.34") ? named : STRINGS;
  const printsItself = profile.reaches("0.26");
  const column = (at: number) => (args: readonly Value[]) =>
    strings(
      itemsOf(args[0]!).map((pair) => itemsOf(pair!)[at]!.data as Bytes),
      texts,
    );
  const pairs: GoType = {
    ...{ kind: "slice", name: "template.Pairs", named: true, elem: PAIR },
    methods: {
      Names: { name: "Names", params: [], results: [texts], call: column(0) },
      Values: { name: "Values", params: [], results: [texts], call: column(1) },
      ...(printsItself ? method("String", STRING, (list) => string(pairText(itemsOf(list!)))) : {}),
    },
  };
  const sorted = (kv: Value): Typed => ({
    type: pairs,
    data: sortedNames(kv!).map((name) => ({ type: PAIR, data: [string(name), entriesOf(kv!).get(name)!] })),
  });
  const kv: GoType = { kind: "map", name: "template.KV", named: true, elem: STRING };
  kv.methods = {
    ...method("SortedPairs", pairs, sorted),
    ...method("Names", texts, (value) => column(0)([sorted(value)])),
    ...method("Values", texts, (value) => column(1)([sorted(value)])),
    ...(printsItself ? method("String", STRING, (value) => string(pairText(itemsOf(sorted(value))))) : {}),
    Remove: {
      ...{ name: "Remove", params: [STRINGS], results: [kv] },
      call: ([value, names]) => {
        const gone = new Set(itemsOf(names!).map((name) => name?.data as Bytes));
        return { type: kv, data: new Map([...entriesOf(value!)].filter(([name]) => !gone.has(name))) };
      },
    },
  };
  const alert: GoType = {
    ...{ kind: "struct", name: "template.Alert", named: true },
    fields: [
      field("Status", STRING, "status"),
      field("Labels", kv, "labels"),
      field("Annotations", kv, "annotations"),
      field("StartsAt", TIME, "startsAt"),
      field("EndsAt", TIME, "endsAt"),
      field("GeneratorURL", STRING, "generatorURL"),
      field("Fingerprint", STRING, "fingerprint"),
    ],
  };
  const list: GoType = { kind: "slice", name: "[]template.Alert", named: false, elem: alert };
  const only = (name: string, status: string) => ({
    [name]: {
      ...{ name, params: [], results: [list] },
      call: ([all]: readonly Value[]): Typed => ({
        type: list,
        data: itemsOf(all!).filter((item) => itemsOf(item!)[0]?.data === status),
      }),
    },
  });
  const alerts: GoType = {
    ...{ kind: "slice", name: "template.Alerts", named: true, elem: alert },
    methods: { ...only("Firing", "firing"), ...only("Resolved", "resolved") },
  };
  const data: GoType = {
    ...{ kind: "struct", name: "template.Data", named: true },
    fields: [
      field("Receiver", STRING, "receiver"),
      field("Status", STRING, "status"),
      field("Alerts", alerts, "alerts"),
      ...(profile.reaches("0.32") ? [field("NotificationReason", STRING, "notification_reason")] : []),
      field("GroupLabels", kv, "groupLabels"),
      field("CommonLabels", kv, "commonLabels"),
      field("CommonAnnotations", kv, "commonAnnotations"),
      ...(profile.reaches("0.34") ? [field("RouteLabels", kv, "routeLabels")] : []),
      field("ExternalURL", STRING, "externalURL"),
      ...(profile.reaches("0.34") ? [field("routeLabelsRendered", BOOL)] : []),
    ],
  };
  return { data, alert, alerts, kv };
}

function method(name: string, result: GoType, call: (receiver: Value) => Value): Record<string, GoFunction> {
  return { [name]: { name, params: [], results: [result], call: (args) => call(args[0]!) } };
}

/** `alertname` first, the others by their bytes. */
function sortedNames(kv: Typed): Bytes[] {
  const names = [...entriesOf(kv).keys()].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
  return names.includes("alertname") ? ["alertname", ...names.filter((name) => name !== "alertname")] : names;
}

const models = new WeakMap<TargetProfile, Model>();

/** The types that a template of this profile meets. */
export function modelOf(profile: TargetProfile): Model {
  let model = models.get(profile);
  if (!model) {
    model = buildModel(profile);
    models.set(profile, model);
  }
  return model;
}

/** Data made ready once for many executions, as those of the fields of one message. */
export class PreparedData {
  readonly value: Typed;
  constructor(source: TemplateData, profile: TargetProfile) {
    this.value = dataValue(source, profile, true);
  }
}

/** Data as the Go value that the profile's Alertmanager hands to templates; `rendered` is true inside notifications. */
export function dataValue(source: TemplateData, profile: TargetProfile, rendered: boolean): Typed {
  const model = modelOf(profile);
  const kv = (labels: Readonly<Record<string, string>> | null | undefined): Typed => ({
    type: model.kv,
    data: labels ? new Map(Object.entries(labels).map(([name, value]) => [toBytes(name), text(value)])) : null,
  });
  const alertOf = (alert: Partial<TemplateAlert>): Typed => ({
    type: model.alert,
    data: [
      ...[text(alert.status), kv(alert.labels), kv(alert.annotations)],
      ...[timeOf(alert.startsAt), timeOf(alert.endsAt), text(alert.generatorURL), text(alert.fingerprint)],
    ],
  });
  const values: Record<string, Typed> = {
    Receiver: text(source.receiver),
    Status: text(source.status),
    Alerts: { type: model.alerts, data: source.alerts ? source.alerts.map(alertOf) : null },
    NotificationReason: text(source.notification_reason),
    GroupLabels: kv(source.groupLabels),
    CommonLabels: kv(source.commonLabels),
    CommonAnnotations: kv(source.commonAnnotations),
    RouteLabels: kv(source.routeLabels),
    ExternalURL: text(source.externalURL),
    routeLabelsRendered: { type: BOOL, data: rendered },
  };
  return { type: model.data, data: model.data.fields!.map(({ name }) => values[name]!) };
}

function text(value: unknown): Typed {
  return string(typeof value === "string" ? toBytes(value) : "");
}

function timeOf(value: unknown): Typed {
  return { type: TIME, data: (typeof value === "string" ? parseJsonTime(toBytes(value)) : null) ?? ZERO_TIME };
}
