import type { FieldType, StructDefinition } from "../../fields";
import { canonicalHeader } from "../../go/header";
import type { TargetProfile } from "../../profiles/profiles";
import { typeOf } from "../field-at";
import { isObject } from "../is-object";
import type { Json, JsonObject } from "../types";

/** An address as upstream holds it: several places may share one, and a change of it shows in all of them. */
export class HeldUrl {
  slash = false;
  constructor(readonly text: string) {}
}

/** A struct as it is after decoding: defaults filled in, absent what is zero or a nil pointer. */
export interface Loaded {
  [key: string]: Held;
}
export type Held = Json | HeldUrl | Loaded | Held[];

export function isLoaded(value: Held | undefined): value is Loaded {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof HeldUrl);
}

/** Fills a struct from what is written, for a configuration that the target accepts. */
export function load(value: JsonObject, struct: StructDefinition, profile: TargetProfile): Loaded {
  const loaded: Loaded = {};
  for (const field of struct.fields) {
    const { key } = field;
    if (!profile.knows(struct, key)) continue;
    const written = value[key] === undefined ? defaultOf(struct, key, field.default, profile) : value[key];
    const held =
      written === undefined || written === null ? undefined : hold(written, typeOf(field, profile.reaches), profile);
    if (held !== undefined) loaded[key] = held;
  }
  AFTER[struct.name]?.(loaded, profile);
  return loaded;
}

/** Blocks that upstream makes itself, and defaults that only count when a message is sent. */
const OWN_DEFAULTS: Readonly<Record<string, Readonly<Record<string, Json | undefined>>>> = {
  GlobalConfig: { http_config: {}, smtp_tls_config: {} },
  OAuth2: { grant_type: undefined, signature_algorithm: undefined },
  TimeIntervalItem: { location: undefined },
  PagerdutyConfig: { details: undefined, source: undefined },
  Route: { group_wait: undefined, group_interval: undefined, repeat_interval: undefined },
};

/** Defaults that have changed. */
const OLD_DEFAULTS: readonly [struct: string, key: string, until: string, value: string][] = [
  ["SlackConfig", "color", "0.32", '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}'],
];

function defaultOf(
  struct: StructDefinition,
  key: string,
  fallback: Json | undefined,
  profile: TargetProfile,
): Json | undefined {
  const old = OLD_DEFAULTS.find(
    ([name, field, until]) => name === struct.name && field === key && !profile.reaches(until),
  );
  if (old) return old[3];
  const own = OWN_DEFAULTS[struct.name];
  return own && Object.hasOwn(own, key) ? own[key] : fallback;
}

function hold(value: Json, type: FieldType, profile: TargetProfile): Held {
  switch (type.kind) {
    case "struct":
      if (isObject(value)) return load(value, type.struct, profile);
      return type.struct.shorthand ? load({ [type.struct.shorthand]: value }, type.struct, profile) : {};
    case "list":
      return Array.isArray(value)
        ? value.map((item) => (item === null ? zeroItem(type.item) : hold(item, type.item, profile)))
        : [];
    case "map": {
      const entries = Object.entries(isObject(value) ? value : {});
      return Object.fromEntries(
        entries.map(([key, item]) => [key, item === null ? null : hold(item, type.value, profile)]),
      );
    }
    case "url":
    case "secretUrl":
      return new HeldUrl(String(value));
    default:
      return value;
  }
}

/** What an empty list item is: an empty struct where the list holds structs, nothing where it holds pointers. */
function zeroItem(type: FieldType): Held {
  if (type.kind !== "struct") return "";
  return BY_VALUE.has(type.struct.name) ? {} : null;
}

const BY_VALUE = new Set([
  "Receiver",
  "InhibitRule",
  "TimeInterval",
  "TimeIntervalItem",
  "PagerdutyImage",
  "PagerdutyLink",
  "OpsGenieConfigResponder",
]);

const DETAILS: Loaded = {
  firing: "{{ .Alerts.Firing | toJson }}",
  num_firing: "{{ .Alerts.Firing | len }}",
  num_resolved: "{{ .Alerts.Resolved | len }}",
  resolved: "{{ .Alerts.Resolved | toJson }}",
};

const OLD_DETAILS: Loaded = {
  ...DETAILS,
  firing: '{{ template "pagerduty.default.instances" .Alerts.Firing }}',
  resolved: '{{ template "pagerduty.default.instances" .Alerts.Resolved }}',
};

/** What structs change of themselves once they are decoded. */
const AFTER: Readonly<Record<string, (loaded: Loaded, profile: TargetProfile) => void>> = {
  HTTPClientConfig(loaded) {
    if (isLoaded(loaded.authorization)) {
      const type = String(loaded.authorization.type ?? "").trim();
      loaded.authorization.type = type === "" ? "Bearer" : type;
      return;
    }
    const { bearer_token: token, bearer_token_file: file } = loaded;
    delete loaded.bearer_token;
    delete loaded.bearer_token_file;
    if (token) loaded.authorization = { type: "Bearer", credentials: token };
    if (file) loaded.authorization = { type: "Bearer", credentials_file: file };
  },
  PagerdutyConfig(loaded, profile) {
    const details = profile.reaches("0.30") ? DETAILS : OLD_DETAILS;
    loaded.details = { ...details, ...(isLoaded(loaded.details) ? loaded.details : {}) };
    if (!loaded.source && loaded.client !== undefined) loaded.source = loaded.client;
  },
  EmailConfig(loaded) {
    if (!isLoaded(loaded.headers)) return;
    loaded.headers = Object.fromEntries(
      Object.entries(loaded.headers).map(([key, text]) => [canonicalHeader(key), text]),
    );
  },
  SlackAction(loaded) {
    if (!loaded.url) return;
    for (const key of ["name", "value", "confirm"]) delete loaded[key];
  },
  WechatConfig(loaded) {
    if (!loaded.message_type) loaded.message_type = "text";
  },
  Receiver(loaded) {
    if (loaded.name !== undefined && loaded.name !== "") {
      loaded.labels = { ...(isLoaded(loaded.labels) ? loaded.labels : {}), name: loaded.name };
    }
  },
};
