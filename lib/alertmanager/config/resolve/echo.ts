import type { FieldType, StructDefinition } from "../../fields";
import { checkDuration, checkGoDuration, printDuration, printGoDuration } from "../../go/duration";
import { FlowList, FlowText, type Marshalled, Token } from "../../go/marshal-yaml";
import { naturally } from "../../go/natural-order";
import { printUrl } from "../../go/url-string";
import { parseMatchers } from "../../matchers/parse";
import { printMatcher } from "../../matchers/print";
import { sortMatchers } from "../../matchers/sort";
import type { TargetProfile } from "../../profiles/profiles";
import { printRange } from "../../time-intervals/print";
import { fieldsByKey, typeOf } from "../field-at";
import { ALWAYS, ALWAYS_UNTIL, OLD_HTTP_ORDER, ORDER, POINTERS } from "./layout";
import { type Held, HeldUrl, isLoaded, type Loaded } from "./load";

const has = (list: string | undefined, key: string) => list?.split(" ").includes(key) ?? false;

/** A loaded struct in the order and with the omissions of upstream's marshaller. */
export function echoStruct(value: Loaded, struct: StructDefinition, profile: TargetProfile): Map<string, Marshalled> {
  const entries = new Map<string, Marshalled>();
  const fields = fieldsByKey(struct);
  const keys = keysOf(struct, profile);
  for (const key of keys) {
    const field = fields.get(key);
    if (!field || !profile.knows(struct, key)) continue;
    const type = typeOf(field, profile.reaches);
    const pointer =
      (has(POINTERS[struct.name], key) &&
        !(key === "tls_config" && struct.name === "EmailConfig" && !profile.reaches("0.28"))) ||
      (type.kind === "url" && key !== "proxy_url") ||
      type.kind === "secretUrl" ||
      (type.kind === "struct" && key === "http_config");
    const held = value[key];
    const always = isAlways(struct, key, profile);
    if (struct.name === "WebhookConfig" && key === "url" && !profile.reaches("0.31")) {
      entries.set(key, oldWebhookUrl(held, profile));
      continue;
    }
    if (held === undefined && pointer) {
      if (always) entries.set(key, null);
    } else if (always || pointer || !isZero(held, type, struct, key)) {
      entries.set(key, held === undefined ? zero(type, profile) : echo(held, type, key, profile));
    }
  }
  return entries;
}

function keysOf({ name, fields }: StructDefinition, profile: TargetProfile): readonly string[] {
  const order = name === "HTTPClientConfig" && !profile.reaches("0.26") ? OLD_HTTP_ORDER : ORDER[name];
  return order?.split(" ") ?? fields.map(({ key }) => key);
}

function isAlways({ name }: StructDefinition, key: string, profile: TargetProfile): boolean {
  if (has(ALWAYS[name], key)) return true;
  return ALWAYS_UNTIL.some(([struct, until, keys]) => struct === name && has(keys, key) && !profile.reaches(until));
}

/** It became a secret with 0.26, and a template later. */
function oldWebhookUrl(held: Held | undefined, profile: TargetProfile): Marshalled {
  if (held === undefined) return null;
  return profile.reaches("0.26") ? "<secret>" : printUrl(String(held));
}

function zero(type: FieldType, profile: TargetProfile): Marshalled {
  switch (type.kind) {
    case "bool":
      return false;
    case "secret":
      return null;
    case "int":
    case "uint":
    case "float":
      return new Token("0");
    case "duration":
    case "goDuration":
      return "0s";
    case "list":
      return [];
    case "map":
      return new Map();
    case "struct":
      return echoStruct({}, type.struct, profile);
    case "any":
      return null;
    default:
      return "";
  }
}

/** What `omitempty` leaves out. */
function isZero(held: Held | undefined, type: FieldType, struct: StructDefinition, key: string): boolean {
  if (held === undefined || held === null || held === "") return true;
  switch (type.kind) {
    case "bool":
      return held === false;
    case "int":
    case "uint":
    case "float":
      return Number(held) === 0;
    case "duration":
      return durationMs(held) === 0;
    case "goDuration":
      return nanoseconds(held) === 0;
    case "list":
      return (
        Array.isArray(held) && (held.length === 0 || (type.item.kind === "matcher" && matchersOf(held).length === 0))
      );
    case "map":
      return isLoaded(held) && Object.keys(held).length === 0;
    case "struct": {
      if (!isLoaded(held)) return true;
      const fields = fieldsByKey(type.struct);
      return Object.entries(held).every(([inner, item]) => {
        const field = fields.get(inner);
        return (
          field === undefined || (!has(POINTERS[type.struct.name], inner) && isZero(item, field.type, struct, key))
        );
      });
    }
    default:
      return false;
  }
}

function echo(held: Held, type: FieldType, key: string, profile: TargetProfile): Marshalled {
  if (held === null)
    return type.kind === "map" || type.kind === "list" || type.kind === "struct" ? null : zero(type, profile);
  switch (type.kind) {
    case "enum": {
      // A pointer method once kept the names of TLS versions from being printed.
      const tls = type.values[0] === "TLS10" && !profile.reaches("0.26") ? type.values.indexOf(String(held)) : -1;
      return tls < 0 ? String(held) : new Token(String(0x301 + tls));
    }
    case "bool":
      return held === true;
    case "int":
    case "uint":
      return new Token(printInteger(held, type.kind));
    case "float":
      return new Token(String(Number(held)));
    case "duration":
      return printDuration(durationMs(held));
    case "goDuration":
      return printGoDuration(nanoseconds(held));
    case "url":
      return held instanceof HeldUrl ? printUrl(held.text, { slash: held.slash, redacted: key === "proxy_url" }) : null;
    case "secretUrl":
      return held instanceof HeldUrl ? "<secret>" : null;
    case "secret":
    case "secretTemplateUrl":
      return held === "" ? null : "<secret>";
    case "hostPort":
      // Older versions forget the brackets of an IPv6 address.
      return profile.reaches("0.32") ? String(held) : String(held).replace(/^\[(.*)\]:/, "$1:");
    case "regexp":
      return held === "" ? null : String(held);
    case "struct":
      return isLoaded(held) ? echoStruct(held, type.struct, profile) : null;
    case "list":
      if (type.item.kind === "matcher") return matchersOf(Array.isArray(held) ? held : []);
      if (type.item.go?.startsWith("timeinterval.")) return ranges(held, type.item.go);
      return (Array.isArray(held) ? held : []).map((item) => echo(item, type.item, key, profile));
    case "map": {
      const entries = isLoaded(held) ? Object.entries(held) : [];
      const sorted = entries.sort(([left], [right]) => naturally(left, right));
      return new Map(sorted.map(([name, item]) => [name, echo(item, type.value, key, profile)]));
    }
    case "any":
      return anything(held);
    default:
      return key === "location" ? new FlowText(held === "" ? "UTC" : String(held)) : String(held);
  }
}

/** An integer beyond 64 bits comes back as the processor leaves it. */
function printInteger(held: Held, kind: "int" | "uint"): string {
  const value = typeof held === "number" ? BigInt(Math.trunc(held)) : BigInt(String(held));
  return kind === "uint" && value >= 2n ** 64n ? String(2n ** 63n) : String(value);
}

function ranges(held: Held, goName: string): Marshalled {
  return new FlowList((Array.isArray(held) ? held : []).map((item) => printRange(String(item), goName)));
}

function durationMs(held: Held): number {
  const result = checkDuration(String(held));
  return result.ok ? result.ms : 0;
}

/** A bare number is nanoseconds already. */
function nanoseconds(held: Held): number {
  if (typeof held === "number") return Math.trunc(held);
  const result = checkGoDuration(String(held));
  return result.ok ? Math.round(result.ms * 1e6) : 0;
}

function matchersOf(lines: readonly Held[]): Marshalled[] {
  const matchers = lines.flatMap((line) => {
    const parsed = parseMatchers(String(line));
    return parsed.ok ? parsed.matchers : [];
  });
  return sortMatchers(matchers).map(printMatcher);
}

/** Free values: numbers and booleans as such, maps in upstream's order. */
function anything(held: Held): Marshalled {
  if (held === null || held instanceof HeldUrl) return null;
  if (typeof held === "number") return new Token(printFloat(held));
  if (typeof held !== "object") return held;
  if (Array.isArray(held)) return held.map(anything);
  const sorted = Object.entries(held).sort(([left], [right]) => naturally(left, right));
  return new Map(sorted.map(([name, item]) => [name, anything(item)]));
}

/** Go's shortest form: an exponent of two digits from 21 digits on. */
function printFloat(value: number): string {
  return String(value).replace(/e([-+])(\d)$/, "e$10$2");
}
