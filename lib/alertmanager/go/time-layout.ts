/** One element of a Go time layout: literal text, or what a reference value such as `2006` or `.000` stands for. */
export type LayoutPart = { literal: string } | { field: LayoutField; digits: number; separator: string };

export type LayoutField =
  | "longYear"
  | "year"
  | "longMonth"
  | "month"
  | "numMonth"
  | "zeroMonth"
  | "longWeekday"
  | "weekday"
  | "day"
  | "underDay"
  | "zeroDay"
  | "underYearDay"
  | "zeroYearDay"
  | "hour"
  | "hour12"
  | "zeroHour12"
  | "minute"
  | "zeroMinute"
  | "second"
  | "zeroSecond"
  | "upperHalf"
  | "lowerHalf"
  | "zoneName"
  | "isoZone"
  | "isoSecondsZone"
  | "isoShortZone"
  | "isoColonZone"
  | "isoColonSecondsZone"
  | "zone"
  | "secondsZone"
  | "shortZone"
  | "colonZone"
  | "colonSecondsZone"
  | "fraction0"
  | "fraction9";

// Longer spellings stand before those that begin them.
const REFERENCES: readonly (readonly [string, LayoutField])[] = [
  ["January", "longMonth"],
  ["Jan", "month"],
  ["Monday", "longWeekday"],
  ["Mon", "weekday"],
  ["MST", "zoneName"],
  ["002", "zeroYearDay"],
  ["01", "zeroMonth"],
  ["02", "zeroDay"],
  ["03", "zeroHour12"],
  ["04", "zeroMinute"],
  ["05", "zeroSecond"],
  ["06", "year"],
  ["15", "hour"],
  ["1", "numMonth"],
  ["2006", "longYear"],
  ["2", "day"],
  ["_2006", "longYear"],
  ["__2", "underYearDay"],
  ["_2", "underDay"],
  ["3", "hour12"],
  ["4", "minute"],
  ["5", "second"],
  ["PM", "upperHalf"],
  ["pm", "lowerHalf"],
  ["-07:00:00", "colonSecondsZone"],
  ["-070000", "secondsZone"],
  ["-07:00", "colonZone"],
  ["-0700", "zone"],
  ["-07", "shortZone"],
  ["Z07:00:00", "isoColonSecondsZone"],
  ["Z070000", "isoSecondsZone"],
  ["Z07:00", "isoColonZone"],
  ["Z0700", "isoZone"],
  ["Z07", "isoShortZone"],
];
const STARTS = new Set(REFERENCES.map(([text]) => text[0]!));

/** Templates repeat few layouts; forgetting all of them at once keeps the bound simple. */
const CACHE_LIMIT = 500;
const cache = new Map<string, LayoutPart[]>();

/** Splits a Go time layout into literals and fields, as `time.Format` and `time.Parse` read it. */
export function parseLayout(layout: string): readonly LayoutPart[] {
  const known = cache.get(layout);
  if (known) return known;
  const parts = splitLayout(layout);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(layout, parts);
  return parts;
}

function splitLayout(layout: string): LayoutPart[] {
  const parts: LayoutPart[] = [];
  let literal = "";
  const flush = () => {
    if (literal) parts.push({ literal });
    literal = "";
  };
  for (let at = 0; at < layout.length; ) {
    const char = layout[at]!;
    const reference = STARTS.has(char) ? referenceAt(layout, at) : undefined;
    if (reference) {
      const [text, field] = reference;
      // "_2006" is an underscore before a year.
      if (text === "_2006") literal += "_";
      flush();
      parts.push({ field, digits: 0, separator: "" });
      at += text.length;
      continue;
    }
    const fraction = /^[.,](0+|9+)(?![0-9])/.exec(layout.slice(at, at + 64));
    if (fraction && fraction[0].length < 64) {
      flush();
      parts.push({
        field: fraction[1]!.startsWith("0") ? "fraction0" : "fraction9",
        digits: fraction[1]!.length,
        separator: char,
      });
      at += fraction[0].length;
      continue;
    }
    literal += char;
    at++;
  }
  flush();
  return parts;
}

function referenceAt(layout: string, at: number): readonly [string, LayoutField] | undefined {
  return REFERENCES.find(([text]) => {
    if (!layout.startsWith(text, at)) return false;
    // "Janx" and "Month" are words of their own.
    if (text === "Jan" || text === "Mon") return !/[a-z]/.test(layout[at + 3] ?? "");
    return true;
  });
}
