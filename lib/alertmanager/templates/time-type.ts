import { toBytes } from "../go/bytes";
import {
  addNanoseconds,
  civilOf,
  dateIn,
  type GoTime,
  LOCAL,
  UTC,
  unixNanoseconds,
  ZERO_UNIX,
  type Zone,
} from "../go/time";
import { durationString, formatTime, MONTHS, timeGoString, timeJson, timeString, WEEKDAYS } from "../go/time-format";
import {
  BOOL,
  BYTE_SLICE,
  bool,
  ERROR,
  FLOAT64,
  float,
  GoError,
  type GoFunction,
  type GoType,
  INT,
  INT64,
  int,
  type Payload,
  STRING,
  string,
  type Typed,
  UINT8,
  UINT64,
  type Value,
} from "../go/value";

export const TIME: GoType = { kind: "struct", name: "time.Time", named: true };
export const DURATION: GoType = { kind: "int", name: "time.Duration", named: true };
const MONTH: GoType = { kind: "int", name: "time.Month", named: true };
const WEEKDAY: GoType = { kind: "int", name: "time.Weekday", named: true };
const LOCATION: GoType = { kind: "ptr", name: "*time.Location", named: false };

const LONGEST = (1n << 63n) - 1n;

export const duration = (nanoseconds: bigint): Typed => {
  const data = nanoseconds > LONGEST ? LONGEST : nanoseconds < -LONGEST - 1n ? -LONGEST - 1n : nanoseconds;
  return { type: DURATION, data };
};
export const timeValue = (time: GoTime): Typed => ({ type: TIME, data: time });
export const timeOf = (value: Value): GoTime => value!.data as GoTime;

/** The difference as a Go duration, which ends at ±292 years. */
export function between(later: GoTime, earlier: GoTime): Typed {
  return duration(unixNanoseconds(later) - unixNanoseconds(earlier));
}

type Methods = Record<string, GoFunction>;

/** A method; its parameters and results are types, its body gets the receiver's payload and the arguments. */
function method(
  name: string,
  params: readonly GoType[],
  results: readonly GoType[],
  body: (self: Payload, args: readonly Value[]) => Value,
): Methods {
  return { [name]: { name, params, results, call: ([self, ...args]) => body(self!.data, args) } };
}

function ofTime(name: string, result: GoType, body: (time: GoTime) => Value): Methods {
  return method(name, [], [result], (self) => body(self as GoTime));
}

function number(name: string, body: (time: GoTime) => number | bigint): Methods {
  return ofTime(name, /^Unix/.test(name) ? INT64 : INT, (time) => ({
    type: /^Unix/.test(name) ? INT64 : INT,
    data: BigInt(body(time)),
  }));
}

function compared(name: string, judge: (order: number) => boolean): Methods {
  return method(name, [TIME], [BOOL], (self, [other]) => bool(judge(order(self as GoTime, timeOf(other!)))));
}

function order(left: GoTime, right: GoTime): number {
  const [first, second] = [unixNanoseconds(left), unixNanoseconds(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Methods that a template cannot call because of what they return: they only give an error. */
function uncallable(name: string, ...results: GoType[]): Methods {
  return method(name, [], results, () => null);
}

/** Rounds towards zero time, as Go measures `Truncate` and `Round`. */
function toMultiple(time: GoTime, step: bigint, half: boolean): GoTime {
  if (step <= 0n) return time;
  const since = unixNanoseconds(time) - BigInt(ZERO_UNIX) * 1_000_000_000n;
  const rest = ((since % step) + step) % step;
  return addNanoseconds(time, half && rest + rest >= step ? step - rest : -rest);
}

function bytes(text: string): Typed {
  return { type: BYTE_SLICE, data: Array.from(text, (char) => ({ type: UINT8, data: BigInt(char.charCodeAt(0)) })) };
}

function marshal(time: GoTime, method: string, quote: string): Value {
  const json = timeJson(time);
  if (!json.ok) throw new GoError(`Time.${method}: ${json.error}`);
  return bytes(`${quote}${json.text}${quote}`);
}

TIME.fields = [
  { name: "wall", type: UINT64, exported: false },
  { name: "ext", type: INT64, exported: false },
  { name: "loc", type: LOCATION, exported: false },
];
TIME.methods = {
  ...ofTime("String", STRING, (time) => string(timeString(time))),
  ...ofTime("GoString", STRING, (time) => string(timeGoString(time))),
  ...method("Format", [STRING], [STRING], (self, [layout]) =>
    string(formatTime(self as GoTime, layout!.data as string)),
  ),
  ...method("Add", [DURATION], [TIME], (self, [step]) =>
    timeValue(addNanoseconds(self as GoTime, step!.data as bigint)),
  ),
  ...method("Sub", [TIME], [DURATION], (self, [other]) => between(self as GoTime, timeOf(other!))),
  ...method("AddDate", [INT, INT, INT], [TIME], (self, args) => {
    const time = self as GoTime;
    const [years, months, days] = args.map((arg) => Number(arg!.data as bigint)) as [number, number, number];
    const civil = civilOf(time);
    const moved = { ...civil, year: civil.year + years, month: civil.month + months, day: civil.day + days };
    return timeValue(dateIn(time.zone, { ...moved, nanosecond: time.nanosecond }));
  }),
  ...compared("After", (found) => found > 0),
  ...compared("Before", (found) => found < 0),
  ...compared("Equal", (found) => found === 0),
  ...method("Compare", [TIME], [INT], (self, [other]) => int(order(self as GoTime, timeOf(other!)))),
  ...ofTime("IsZero", BOOL, ({ unix, nanosecond }) => bool(unix === ZERO_UNIX && nanosecond === 0)),
  ...ofTime("IsDST", BOOL, ({ unix, zone }) => bool(zone.at(unix).dst)),
  ...number("Year", (time) => civilOf(time).year),
  ...ofTime("Month", MONTH, (time) => ({ type: MONTH, data: BigInt(civilOf(time).month) })),
  ...ofTime("Weekday", WEEKDAY, (time) => ({ type: WEEKDAY, data: BigInt(civilOf(time).weekday) })),
  ...number("Day", (time) => civilOf(time).day),
  ...number("YearDay", (time) => civilOf(time).yearDay),
  ...number("Hour", (time) => civilOf(time).hour),
  ...number("Minute", (time) => civilOf(time).minute),
  ...number("Second", (time) => civilOf(time).second),
  ...number("Nanosecond", (time) => time.nanosecond),
  ...number("Unix", (time) => time.unix),
  ...number("UnixMilli", (time) => time.unix * 1000 + Math.floor(time.nanosecond / 1e6)),
  ...number("UnixMicro", (time) =>
    BigInt.asIntN(64, BigInt(time.unix) * 1_000_000n + BigInt(Math.floor(time.nanosecond / 1000))),
  ),
  ...number("UnixNano", (time) => BigInt.asIntN(64, unixNanoseconds(time))),
  ...ofTime("UTC", TIME, (time) => timeValue({ ...time, zone: UTC })),
  ...ofTime("Local", TIME, (time) => timeValue({ ...time, zone: LOCAL })),
  ...ofTime("Location", LOCATION, ({ zone }) => ({ type: LOCATION, data: zone })),
  ...method("In", [LOCATION], [TIME], (self, [zone]) => {
    if (zone?.data == null) throw new GoError("time: missing Location in call to Time.In");
    return timeValue({ ...(self as GoTime), zone: zone.data as Zone });
  }),
  ...method("Truncate", [DURATION], [TIME], (self, [step]) =>
    timeValue(toMultiple(self as GoTime, step!.data as bigint, false)),
  ),
  ...method("Round", [DURATION], [TIME], (self, [step]) =>
    timeValue(toMultiple(self as GoTime, step!.data as bigint, true)),
  ),
  ...method("MarshalText", [], [BYTE_SLICE, ERROR], (self) => marshal(self as GoTime, "MarshalText", "")),
  ...method("MarshalJSON", [], [BYTE_SLICE, ERROR], (self) => marshal(self as GoTime, "MarshalJSON", '"')),
  ...uncallable("Zone", STRING, INT),
  ...uncallable("ZoneBounds", TIME, TIME),
  ...uncallable("ISOWeek", INT, INT),
  ...uncallable("Clock", INT, INT, INT),
  ...uncallable("Date", INT, MONTH, INT),
};
LOCATION.methods = method("String", [], [STRING], (self) => string(toBytes((self as Zone).name)));
MONTH.methods = method("String", [], [STRING], (self) => string(MONTHS[Number(self) - 1] ?? `%!Month(${self})`));
WEEKDAY.methods = method("String", [], [STRING], (self) => string(WEEKDAYS[Number(self)] ?? `%!Weekday(${self})`));

function ofDuration(name: string, result: GoType, body: (nanoseconds: bigint) => Value): Methods {
  return method(name, [], [result], (self) => body(self as bigint));
}

function rounded(nanoseconds: bigint, step: bigint, half: boolean): Value {
  if (step <= 0n) return duration(nanoseconds);
  const rest = nanoseconds % step;
  const down = nanoseconds - rest;
  const size = rest < 0n ? -rest : rest;
  if (!half || size + size < step) return duration(down);
  return duration(down + (nanoseconds < 0n ? -step : step));
}

/** Whole units plus the rest, as Go computes them: not quite a division. */
function inUnits(nanoseconds: bigint, unit: bigint): Typed {
  return float(Number(nanoseconds / unit) + Number(nanoseconds % unit) / Number(unit));
}

DURATION.methods = {
  ...ofDuration("String", STRING, (nanoseconds) => string(durationString(nanoseconds))),
  ...ofDuration("Nanoseconds", INT64, (nanoseconds) => ({ type: INT64, data: nanoseconds })),
  ...ofDuration("Microseconds", INT64, (nanoseconds) => ({ type: INT64, data: nanoseconds / 1000n })),
  ...ofDuration("Milliseconds", INT64, (nanoseconds) => ({ type: INT64, data: nanoseconds / 1_000_000n })),
  ...ofDuration("Seconds", FLOAT64, (nanoseconds) => inUnits(nanoseconds, 1_000_000_000n)),
  ...ofDuration("Minutes", FLOAT64, (nanoseconds) => inUnits(nanoseconds, 60_000_000_000n)),
  ...ofDuration("Hours", FLOAT64, (nanoseconds) => inUnits(nanoseconds, 3_600_000_000_000n)),
  ...ofDuration("Abs", DURATION, (nanoseconds) => duration(nanoseconds < 0n ? -nanoseconds : nanoseconds)),
  ...method("Round", [DURATION], [DURATION], (self, [step]) => rounded(self as bigint, step!.data as bigint, true)),
  ...method("Truncate", [DURATION], [DURATION], (self, [step]) => rounded(self as bigint, step!.data as bigint, false)),
};
