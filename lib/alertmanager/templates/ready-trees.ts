import { type Bytes, fromBytes } from "../go/bytes";
import type { TargetProfile } from "../profiles";
import { goRelease } from "./go-release";
import { escapeTrees } from "./html/escape-tree";
import type { Budget } from "./limits";
import { parseText, type TemplateSet, type TreeLookup, withInline } from "./template-set";

/** How many texts of each kind are remembered with a set, and how long they may be. */
const MOST_TEXTS = 64;
const LONGEST = 4_096;

type Remembered = Map<Bytes, TreeLookup>;
const remembered = {
  text: new WeakMap<TemplateSet["trees"], Remembered>(),
  html: new WeakMap<TemplateSet["trees"], Remembered>(),
};

/**
 * The templates to execute for an inline text: parsed on top of the set, and escaped when it is HTML. Fields are rendered
 * again and again with other data, so the last texts of a set are kept as they are.
 * @throws ParseError, EscapeError
 */
export function readyTrees(
  { trees }: TemplateSet,
  profile: TargetProfile,
  text: Bytes,
  kind: "text" | "html",
  budget: Budget,
): TreeLookup {
  const known = remembered[kind].get(trees) ?? new Map<Bytes, TreeLookup>();
  const key = `${profile.id} ${text}`;
  const found = known.get(key);
  if (found) return found;
  const ready = makeReady(trees, profile, text, kind, budget);
  if (text.length > LONGEST) return ready;
  const [oldest] = known.keys();
  if (known.size >= MOST_TEXTS && oldest !== undefined) known.delete(oldest);
  remembered[kind].set(trees, known.set(key, ready));
  return ready;
}

function makeReady(
  trees: TemplateSet["trees"],
  profile: TargetProfile,
  text: Bytes,
  kind: "text" | "html",
  budget: Budget,
): TreeLookup {
  const lookup = withInline(trees, parseText("", fromBytes(text), profile), kind);
  if (kind === "text") return lookup;
  const escaped = escapeTrees("", lookup, budget, goRelease(profile));
  return (name) => escaped.get(name);
}
