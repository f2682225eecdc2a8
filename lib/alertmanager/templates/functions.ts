import { decodeBase64Url, encodeBase64 } from "../go/base64";
import { type Bytes, fromBytes } from "../go/bytes";
import { marshalJson } from "../go/json";
import { quoteBytes } from "../go/quote-bytes";
import { compileRe2 } from "../go/regexp";
import { titleCase, toLower, toUpper, trimSpace } from "../go/strings";
import { type GoTime, loadZone, ZERO_TIME } from "../go/time";
import { formatTime } from "../go/time-format";
import { parseTime } from "../go/time-parse";
import {
  ANY,
  ANY_MAP,
  ANYS,
  BOOL,
  bool,
  ERROR,
  GoError,
  type GoFunction,
  type GoType,
  itemsOf,
  STRING,
  STRINGS,
  string,
  type TrustedContent,
  type Value,
} from "../go/value";
import type { TargetProfile } from "../profiles";
import { humanizeDuration } from "./humanize";
import type { Budget } from "./limits";
import { between, DURATION, TIME, timeOf, timeValue } from "./time-type";

/** What the functions of one execution need from outside. */
export interface FunctionContext {
  budget: Budget;
  now: GoTime;
  /** Renders the route label of that name. */
  routeLabel(name: Bytes): Bytes;
}

function trusted(name: string, content: TrustedContent): GoType {
  return { kind: "string", name: `template.${name}`, named: true, trusted: content };
}
const HTML = trusted("HTML", "html");
const URL = trusted("URL", "url");

/** The version in which Alertmanager got each function; those not named have always been there. */
const SINCE: Record<string, string> = {
  trimSpace: "0.26",
  date: "0.28",
  tz: "0.28",
  since: "0.28",
  humanizeDuration: "0.28",
  toJson: "0.30",
  safeUrl: "0.30",
  urlUnescape: "0.30",
  list: "0.32",
  dict: "0.32",
  append: "0.32",
  now: "0.33",
  toDate: "0.34",
  mustToDate: "0.34",
  base64encode: "0.34",
  base64decode: "0.34",
  routeLabels: "0.34",
};

/** The functions that Alertmanager adds to Go's, as the profile's version knows them. */
export function alertmanagerFunctions(profile: TargetProfile, context: FunctionContext): GoFunction[] {
  return [...textFunctions(context), ...timeFunctions(context), ...collectionFunctions()].filter(({ name }) =>
    profile.reaches(SINCE[name]),
  );
}

function define(name: string, params: GoType[], result: GoType, call: (args: readonly Value[]) => Value): GoFunction {
  return { name, params, results: [result, ERROR], call };
}

const bytes = (value: Value | undefined): Bytes => value!.data as Bytes;

function onText(name: string, map: (text: Bytes) => Bytes): GoFunction {
  return define(name, [STRING], STRING, ([text]) => string(map(bytes(text))));
}

function textFunctions(context: FunctionContext): GoFunction[] {
  const regexp = (pattern: Bytes, text: Bytes) => {
    // Matching takes time proportional to both.
    context.budget.spend(1 + Math.floor((pattern.length * text.length) / 200) + pattern.length);
    return compileRe2(pattern);
  };
  return [
    onText("toUpper", toUpper),
    onText("toLower", toLower),
    onText("title", titleCase),
    onText("trimSpace", trimSpace),
    define("join", [STRING, STRINGS], STRING, ([separator, list]) => {
      const items = itemsOf(list!).map(bytes);
      context.budget.text(items.length * bytes(separator).length);
      return string(items.join(bytes(separator)));
    }),
    define("match", [STRING, STRING], BOOL, ([pattern, text]) => {
      const compiled = regexp(bytes(pattern), bytes(text));
      if (!compiled.ok) throw new GoError(compiled.error);
      return bool(compiled.regexp.matches(bytes(text)));
    }),
    define("reReplaceAll", [STRING, STRING, STRING], STRING, ([pattern, template, text]) => {
      const compiled = regexp(bytes(pattern), bytes(text));
      // Upstream panics here, which gives another text.
      if (!compiled.ok) throw new GoError(`regexp: Compile(${quotePattern(bytes(pattern))}): ${compiled.error}`);
      const replaced = compiled.regexp.replaceAll(bytes(text), bytes(template), context.budget.outputLimit);
      if (replaced === null) context.budget.text(Number.MAX_SAFE_INTEGER);
      return string(replaced ?? "");
    }),
    define("safeHtml", [STRING], HTML, ([text]) => ({ type: HTML, data: bytes(text) })),
    define("safeUrl", [STRING], URL, ([text]) => ({ type: URL, data: bytes(text) })),
    onText("urlUnescape", queryUnescape),
    onText("base64encode", (text) => encodeBase64(text, "url")),
    onText("base64decode", (text) => {
      const decoded = decodeBase64Url(text);
      if (!decoded.ok) throw new GoError(`illegal base64 data at input byte ${decoded.offset}`);
      return decoded.bytes;
    }),
    onText("routeLabels", (name) => context.routeLabel(name)),
    define("toJson", [ANY], STRING, ([value]) => string(marshalJson(value ?? null))),
  ];
}

function quotePattern(pattern: Bytes): Bytes {
  return /^[\x20-\x5f\x61-\x7e\t\x80-\xff]*$/.test(pattern) ? `\`${pattern}\`` : quoteBytes(pattern);
}

function queryUnescape(text: Bytes): Bytes {
  const broken = /%(?![0-9a-fA-F]{2})/.exec(text);
  if (broken) throw new GoError(`invalid URL escape ${quoteBytes(text.slice(broken.index, broken.index + 3))}`);
  return text
    .replaceAll("+", " ")
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function timeFunctions(context: FunctionContext): GoFunction[] {
  return [
    define("date", [STRING, TIME], STRING, ([layout, time]) => string(formatTime(timeOf(time!), bytes(layout)))),
    define("tz", [STRING, TIME], TIME, ([name, time]) => {
      const wanted = bytes(name);
      if (/\.\.|^[/\\]/.test(wanted)) throw new GoError("time: invalid location name");
      const zone = loadZone(fromBytes(wanted));
      if (!zone) throw new GoError(`unknown time zone ${wanted}`);
      return timeValue({ ...timeOf(time!), zone });
    }),
    define("now", [], TIME, () => timeValue(context.now)),
    define("since", [TIME], DURATION, ([time]) => between(context.now, timeOf(time!))),
    define("humanizeDuration", [ANY], STRING, ([value]) => string(humanizeDuration(value ?? null))),
    define("toDate", [STRING, STRING], TIME, ([layout, text]) => {
      const parsed = parseTime(bytes(layout), bytes(text));
      return timeValue(parsed.ok ? parsed.time : ZERO_TIME);
    }),
    define("mustToDate", [STRING, STRING], TIME, ([layout, text]) => {
      const parsed = parseTime(bytes(layout), bytes(text));
      if (!parsed.ok) throw new GoError(parsed.error);
      return timeValue(parsed.time);
    }),
  ];
}

function collectionFunctions(): GoFunction[] {
  const list = (values: readonly Value[]): Value => ({ type: ANYS, data: values });
  return [
    {
      name: "stringSlice",
      params: [STRINGS],
      variadic: true,
      results: [STRINGS],
      call: (texts) => ({ type: STRINGS, data: texts }),
    },
    { name: "list", params: [ANYS], variadic: true, results: [ANYS, ERROR], call: list },
    {
      ...{ name: "append", params: [ANYS, ANYS], variadic: true, results: [ANYS] },
      call: ([first, ...more]) => list([...itemsOf(first!), ...more]),
    },
    {
      ...{ name: "dict", params: [ANYS], variadic: true, results: [ANY_MAP, ERROR] },
      call(values) {
        if (values.length % 2 !== 0) throw new GoError("dict requires an even number of arguments");
        const entries = new Map<Bytes, Value>();
        for (let at = 0; at < values.length; at += 2) {
          const key = values[at];
          if (key?.type !== STRING) throw new GoError("dict keys must be strings");
          entries.set(bytes(key), values[at + 1] ?? null);
        }
        return { type: ANY_MAP, data: entries };
      },
    },
  ];
}
