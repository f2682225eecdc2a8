import { type ClassValue, clsx } from "clsx";

/** Utilities of one group say the same thing; some also settle what other groups say. */
const GROUPS: readonly (readonly [name: string, pattern: RegExp, settles?: readonly string[]])[] = [
  ["display", /^(?:block|inline|inline-block|inline-flex|flex|grid|inline-grid|hidden|contents|table)$/],
  ["position", /^(?:static|fixed|absolute|relative|sticky)$/],
  ["reader", /^(?:not-)?sr-only$/],
  ["font-size", /^text-\d+$/, ["leading"]],
  ["text-align", /^text-(?:left|center|right|start|end)$/],
  ["text-wrap", /^text-(?:wrap|nowrap|balance|pretty)$/],
  ["text-overflow", /^(?:truncate|text-(?:ellipsis|clip))$/],
  ["text-color", /^text-/],
  ["leading", /^leading-/],
  ["font-weight", /^font-(?:normal|medium|semibold|bold)$/],
  ["font-family", /^font-/],
  ["border-collapse", /^border-(?:collapse|separate)$/],
  ["border-style", /^border-(?:solid|dashed|dotted|none)$/],
  [
    "border-w",
    /^border(?:-\d+)?$/,
    ["border-w-x", "border-w-y", "border-w-t", "border-w-r", "border-w-b", "border-w-l"],
  ],
  ["border-w-x", /^border-x(?:-\d+)?$/, ["border-w-r", "border-w-l"]],
  ["border-w-y", /^border-y(?:-\d+)?$/, ["border-w-t", "border-w-b"]],
  ["border-w-$", /^border-([trbl])(?:-\d+)?$/],
  ["border-color-$", /^border-([xytrbl])-/],
  ["border-color", /^border-/],
  ["bg", /^bg-/],
  ["outline-style", /^outline-(?:none|hidden|dashed)$/],
  ["outline-offset", /^outline-offset-/],
  ["outline-w", /^outline(?:-\d+)?$/],
  ["outline-color", /^outline-/],
  ["size", /^size-/, ["w", "h"]],
  ["p", /^p-/, ["px", "py", "pt", "pr", "pb", "pl"]],
  ["px", /^px-/, ["pr", "pl"]],
  ["py", /^py-/, ["pt", "pb"]],
  ["m", /^m-/, ["mx", "my", "mt", "mr", "mb", "ml"]],
  ["mx", /^mx-/, ["mr", "ml"]],
  ["my", /^my-/, ["mt", "mb"]],
  ["inset", /^inset-(?!x-|y-)/, ["inset-x", "inset-y", "top", "right", "bottom", "left"]],
  ["inset-x", /^inset-x-/, ["right", "left"]],
  ["inset-y", /^inset-y-/, ["top", "bottom"]],
  ["gap", /^gap-(?!x-|y-)/, ["gap-x", "gap-y"]],
  ["$", /^(gap-[xy]|(?:min-|max-)?[wh]|p[trbl]|m[trbl]|top|right|bottom|left|z|opacity|animate|basis)-/],
  ["$", /^(rounded|shadow)(?:-|$)/],
  ["line-clamp", /^line-clamp-/, ["display", "overflow"]],
  ["resize", /^resize(?:-|$)/],
  ["vertical-align", /^align-/],
  ["overflow", /^overflow-(?:auto|hidden|clip|visible|scroll)$/, ["overflow-x", "overflow-y"]],
  ["overflow-$", /^overflow-([xy])-/],
  ["shrink", /^shrink(?:-|$)/],
  ["grow", /^grow(?:-|$)/],
  ["flex-direction", /^flex-(?:row|col)/],
  ["flex-wrap", /^flex-(?:no)?wrap$/],
  ["flex", /^flex-/, ["basis", "grow", "shrink"]],
  ["justify", /^justify-(?!self-|items-)/],
  ["$", /^(grid-cols|grid-rows|justify-self|justify-items|items|self|content|whitespace|cursor)-/],
  ["transition", /^transition(?:-|$)/],
];

type Place = { group: string; settles: readonly string[] };
const places = new Map<string, Place | null>();

function placeOf(token: string): Place | null {
  const variants = /^(?:(?:[^:[\]]|\[[^\]]*\])+:)*/.exec(token)?.[0] ?? "";
  const utility = token.slice(variants.length).replace(/^-/, "");
  for (const [name, pattern, settles = []] of GROUPS) {
    const found = pattern.exec(utility);
    if (!found) continue;
    return { group: variants + name.replace("$", found[1] ?? ""), settles: settles.map((other) => variants + other) };
  }
  return null;
}

function known(token: string): Place | null {
  let place = places.get(token);
  if (place === undefined) {
    place = placeOf(token);
    places.set(token, place);
  }
  return place;
}

/** A page joins the same few hundred classes again and again. */
const MOST_JOINED = 5_000;
const joined = new Map<string, string>();

/** Of classes that say the same thing the last stays, so that a component's own can be overruled by who uses it. */
export function cn(...classes: ClassValue[]): string {
  const all = clsx(classes);
  let kept = joined.get(all);
  if (kept === undefined) {
    kept = settled(all);
    if (joined.size >= MOST_JOINED) joined.clear();
    joined.set(all, kept);
  }
  return kept;
}

function settled(all: string): string {
  const taken = new Set<string>();
  const kept: string[] = [];
  for (const token of all.split(/\s+/).reverse()) {
    const place = known(token);
    if (place) {
      if (taken.has(place.group)) continue;
      taken.add(place.group);
      for (const other of place.settles) taken.add(other);
    }
    if (token !== "") kept.push(token);
  }
  return kept.reverse().join(" ");
}
