import { toBytes } from "../go/bytes";
import { canBackquote } from "../go/quote-bytes";
import type { TargetProfile } from "../profiles";
import { nameIn } from "./language-names";
import type { Spot } from "./language-pipeline";
import type { LanguageToken } from "./language-tokens";
import {
  functionsOf,
  functionThing,
  keywordThings,
  membersOf,
  memberThing,
  type TemplateThing,
  type Types,
  typeName,
  typesName,
} from "./language-types";
import { type Walk, type WalkedAction, walkTemplate } from "./language-walk";
import { type TemplateSources, workspaceOf } from "./language-workspace";
import { modelOf } from "./model";

/** Where a text stands and what it is read with. */
export interface LanguageContext {
  sources: TemplateSources;
  profile: TargetProfile;
  /** Of a template file; a field's text without it, whose dot is the notification. */
  file?: string;
  /** Labels and annotations that are known to occur, offered behind a `KV`. */
  labels?: readonly string[];
}

/** What may stand at the cursor in place of `from` to `to` (UTF-16 offsets). `insert` is what is written. */
export interface TemplateCompletions {
  from: number;
  to: number;
  items: readonly (TemplateThing & { insert: string })[];
}

const LABELS = ["alertname", "severity", "instance", "job", "cluster", "namespace", "service", "team", "environment"];
const ANNOTATIONS = ["summary", "description", "runbook_url", "dashboard_url"];

function walkOf(text: string, { sources, profile, file }: LanguageContext): Walk {
  const { dotOf } = workspaceOf(sources, profile);
  const root = file === undefined ? [modelOf(profile).data] : dotOf(file);
  return walkTemplate(text, root, dotOf, profile);
}

/**
 * What a template text may go on with at `offset` (in UTF-16 units): fields and methods of the value before the point
 * (inside `range .Alerts` the dot is an alert), functions and variables that exist there in the profile's version, and
 * behind `template` the names that files and defaults define. Null outside of actions. Never throws.
 */
export function templateCompletions(
  text: string,
  offset: number,
  context: LanguageContext,
): TemplateCompletions | null {
  const walk = walkOf(text, context);
  const here = walk.actions.find(({ action }) => action.inner <= offset && offset <= action.end);
  if (!here || here.action.comment) return null;
  const { tokens } = here.action;
  const index = tokens.findLastIndex(({ from, to }) => from < offset && offset <= to);
  const token = tokens[index];
  const calls = tokens[0]?.kind === "keyword" && /^(?:template|block|define)$/.test(tokens[0].text);
  if (!token) {
    const behind = tokens.findLastIndex(({ to }) => to <= offset);
    if (tokens[0]?.text === "template" && behind === 0) return names(context, offset, offset, (name) => `"${name}"`);
    return words(here, offset, offset, context, behind < 0);
  }
  const spot = walk.spots.find((candidate) => candidate.token === token);
  switch (token.kind) {
    case "string":
    case "rawString":
      return calls && index === 1 ? insideName(token, offset, context) : null;
    case "field":
    case "dot": {
      const to = token.to;
      return { from: token.from + 1, to, items: members(spot?.receiver ?? here.dot, context) };
    }
    case "variable":
      return { from: token.from, to: token.to, items: variables(here) };
    case "identifier":
    case "keyword":
      return words(here, token.from, token.to, context, index === 0);
  }
  return null;
}

type Item = TemplateCompletions["items"][number];

function members(receiver: Types, { profile, labels = [] }: LanguageContext): Item[] {
  const { data, alert } = modelOf(profile);
  const types = receiver && receiver.length > 0 ? receiver : [data, alert];
  const items = new Map<string, Item>();
  const add = (thing: TemplateThing | null) => {
    if (thing && !items.has(thing.name)) items.set(thing.name, { ...thing, insert: thing.name });
  };
  for (const type of types) {
    for (const { name } of membersOf(type)) add(memberThing(type, name));
    if (type.kind !== "map") continue;
    for (const name of [...labels, ...LABELS, ...ANNOTATIONS]) {
      // Others need `index`.
      if (/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name)) add(memberThing(type, name));
    }
  }
  return [...items.values()];
}

function variables({ variables: known }: WalkedAction): Item[] {
  return [...known].map(([name, types]) => ({ kind: "variable", name, signature: typesName(types), insert: name }));
}

function words(
  here: WalkedAction,
  from: number,
  to: number,
  { profile }: LanguageContext,
  first: boolean,
): TemplateCompletions {
  const functions = [...functionsOf(profile).keys()].flatMap((name) => functionThing(name, profile) ?? []);
  const things = [...functions, ...(first ? keywordThings() : [])].map((thing) => ({ ...thing, insert: thing.name }));
  return { from, to, items: [...variables(here), ...things] };
}

function insideName(token: LanguageToken, offset: number, context: LanguageContext): TemplateCompletions | null {
  const quote = token.text[0] ?? '"';
  const closed = token.text.length > 1 && token.text.endsWith(quote);
  const end = closed ? token.to - 1 : token.to;
  return offset > end ? null : names(context, token.from + 1, end, (name) => (closed ? name : `${name}${quote}`));
}

/** The names that can be called, those of the files first. */
function names(
  { sources, profile }: LanguageContext,
  from: number,
  to: number,
  written: (name: string) => string,
): TemplateCompletions {
  const { names: inFiles, defaults } = workspaceOf(sources, profile);
  const own = new Set([...inFiles.values()].flatMap((list) => list.flatMap((one) => (one.defines ? [one.name] : []))));
  const plain = (name: string) => canBackquote(toBytes(name)) && !/["\\]/.test(name);
  const items = [...new Set([...own, ...defaults])].filter(plain).map(
    (name): Item => ({
      ...{ kind: "template", name, insert: written(name) },
      signature: own.has(name) ? "" : "default",
    }),
  );
  return { from, to, items };
}

/** What stands at a place, and from where to where. */
export interface TemplateHover {
  from: number;
  to: number;
  thing: TemplateThing;
}

/**
 * What the token at `offset` is: a field with its type, a function with its signature, the version that brought it. Null
 * where nothing can be said. Never throws.
 */
export function templateHover(text: string, offset: number, context: LanguageContext): TemplateHover | null {
  const walk = walkOf(text, context);
  for (const { action } of walk.actions) {
    if (offset < action.from || offset >= action.to) continue;
    const token = action.tokens.find(({ from, to }) => from <= offset && offset < to);
    const thing =
      token &&
      thingOf(
        token,
        action.tokens,
        walk.spots.find((spot) => spot.token === token),
        context,
      );
    return token && thing ? { from: token.from, to: token.to, thing } : null;
  }
  return null;
}

function thingOf(
  token: LanguageToken,
  tokens: LanguageToken[],
  spot: Spot | undefined,
  { profile }: LanguageContext,
): TemplateThing | null {
  if (token.kind === "keyword") return { kind: "keyword", name: token.text, signature: "" };
  const named = nameIn(tokens);
  if (named?.token === token) return { kind: "template", name: named.name, signature: "" };
  if (!spot || spot.missing) return null;
  switch (spot.kind) {
    case "function":
      return functionThing(token.text, profile);
    case "variable":
      return { kind: "variable", name: token.text, signature: typesName(spot.types) };
    case "dot":
      return { kind: "variable", name: ".", signature: typesName(spot.receiver) };
    case "member": {
      const name = token.text.slice(1);
      const things = spot.receiver?.flatMap((type) => memberThing(type, name) ?? []) ?? [];
      return things[0] ?? null;
    }
  }
}

/** The types that have fields and methods to explain, with the names of those; and the functions and keywords. */
export function templateVocabulary(profile: TargetProfile): {
  functions: string[];
  keywords: string[];
  members: { owner: string; name: string }[];
} {
  const { data, alert, alerts, kv } = modelOf(profile);
  const pairs = kv.methods?.SortedPairs?.results[0];
  const strings = kv.methods?.Names?.results[0];
  const types = [data, alert, alerts, kv, pairs, pairs?.elem, strings?.named ? strings : undefined];
  return {
    functions: [...functionsOf(profile).keys()],
    keywords: keywordThings().map(({ name }) => name),
    members: types.flatMap((type) =>
      type ? membersOf(type).map(({ name }) => ({ owner: typeName(type), name })) : [],
    ),
  };
}
