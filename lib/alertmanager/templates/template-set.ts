import type { TemplateFile } from "../config/types";
import { type Bytes, fromBytes, toBytes } from "../go/bytes";
import { ZERO_TIME } from "../go/time";
import type { TargetProfile } from "../profiles";
import type { SourceRange } from "../validation/diagnostic";
import { builtinFunctions } from "./builtins";
import { defaultTemplates } from "./defaults";
import { alertmanagerFunctions } from "./functions";
import { goRelease } from "./go-release";
import { Budget, DEFAULT_LIMITS } from "./limits";
import { isEmptyTree, type Tree } from "./nodes";
import { ParseError } from "./parse-error";
import { parseTrees } from "./parser";
import { rangeOfToken } from "./position";

/** A file that does not parse: Alertmanager's text, and where. */
export interface TemplateProblem {
  name: string;
  error: string;
  line: number;
  range: SourceRange;
}

/** The named templates of some files, ready to be executed for one profile. */
export interface TemplateSet {
  profile: TargetProfile;
  trees: ReadonlyMap<Bytes, Tree>;
}

const names = new WeakMap<TargetProfile, ReadonlySet<Bytes>>();
const builtins = builtinFunctions({ typesInErrors: true, namesCallee: true, textLimit: () => 0 });
const builtinNames: ReadonlySet<Bytes> = new Set(builtins.map(({ name }) => name));

/** The functions that a template for this profile may name. */
export function functionNames(profile: TargetProfile): ReadonlySet<Bytes> {
  let known = names.get(profile);
  if (!known) {
    const context = { budget: new Budget(DEFAULT_LIMITS), now: ZERO_TIME, routeLabel: () => "" };
    known = new Set([...builtinNames, ...alertmanagerFunctions(profile, context).map(({ name }) => name)]);
    names.set(profile, known);
  }
  return known;
}

/** Adds what a text defines; an empty definition never replaces another one. */
function addTrees(trees: Map<Bytes, Tree>, added: ReadonlyMap<Bytes, Tree>): void {
  for (const [name, tree] of added) if (!trees.has(name) || !isEmptyTree(tree.root)) trees.set(name, tree);
}

/** Finds a template by its name. */
export type TreeLookup = (name: Bytes) => Tree | undefined;

/**
 * The templates of a set under those of an inline text. A text of blanks and comments is executed as it is; as HTML, what
 * stands around the definitions of the default templates is, which have no name either in the program.
 */
export function withInline(
  trees: ReadonlyMap<Bytes, Tree>,
  inline: ReadonlyMap<Bytes, Tree>,
  kind: "text" | "html",
): TreeLookup {
  return (name) => {
    const [below, above] = [trees.get(name), inline.get(name)];
    const own = name === "" && kind === "text";
    return above && (own || !below || !isEmptyTree(above.root)) ? above : below;
  };
}

/** @throws ParseError */
export function parseText(parseName: string, content: string, profile: TargetProfile): Map<Bytes, Tree> {
  const known = functionNames(profile);
  return parseTrees(toBytes(parseName), toBytes(content), (name) => known.has(name), goRelease(profile));
}

/** What was parsed of default templates, by whether errors in them name their file. */
interface ParsedDefaults {
  named?: ReturnType<typeof addFiles>;
  nameless?: ReturnType<typeof addFiles>;
}
const builtIn: readonly TemplateFile[] = [];
const parsedDefaults = new WeakMap<readonly TemplateFile[], WeakMap<TargetProfile, ParsedDefaults>>();

/** An installation's files are many times as long as a field; they are parsed once for as long as the caller keeps the list. */
function defaultTrees(
  files: readonly TemplateFile[],
  profile: TargetProfile,
  kind: keyof ParsedDefaults,
): ReturnType<typeof addFiles> {
  const ofFiles = parsedDefaults.get(files) ?? new WeakMap<TargetProfile, ParsedDefaults>();
  parsedDefaults.set(files, ofFiles);
  const known = ofFiles.get(profile) ?? {};
  ofFiles.set(profile, known);
  known[kind] ??= addFiles(files === builtIn ? defaultTemplates(profile) : files, profile, new Map(), (name) =>
    kind === "named" ? name : "",
  );
  return known[kind];
}

function addFiles(
  files: readonly TemplateFile[],
  profile: TargetProfile,
  trees: Map<Bytes, Tree>,
  parseName: (name: string) => string,
): { trees: ReadonlyMap<Bytes, Tree>; diagnostics: TemplateProblem[] } {
  const diagnostics: TemplateProblem[] = [];
  for (const file of files) {
    try {
      addTrees(trees, parseText(parseName(file.name), file.content, profile));
    } catch (error) {
      diagnostics.push(problemOf(error, file));
    }
  }
  return { trees, diagnostics };
}

/**
 * Parses template files (by base name, which also names the template that a file's text makes) in the order given, after the default templates of the profile's version.
 *
 * Later definitions replace earlier ones, except that an empty one never does. A file that does not parse is left out and
 * told in `diagnostics` (the real program would refuse the whole reload). `options.defaults` are files of an installation
 * (`default.tmpl`, `email.tmpl`) that stand for our default templates; without them `email.default.html` does not exist.
 * They are parsed once per list: pass the same array again. Errors in default templates name their file where `amtool`
 * before 0.34 executes them; the program itself never gives them a name (`options.program`).
 */
export function parseTemplates(
  files: readonly TemplateFile[],
  profile: TargetProfile,
  { defaults = builtIn, program = false }: { defaults?: readonly TemplateFile[] | undefined; program?: boolean } = {},
): { set: TemplateSet; diagnostics: TemplateProblem[] } {
  const base = defaultTrees(defaults, profile, program || profile.reaches("0.34") ? "nameless" : "named");
  if (files.length === 0) return { set: { profile, trees: base.trees }, diagnostics: [...base.diagnostics] };
  const { trees, diagnostics } = addFiles(files, profile, new Map(base.trees), (name) => name);
  return { set: { profile, trees }, diagnostics: [...base.diagnostics, ...diagnostics] };
}

/**
 * The first template file that Alertmanager cannot read, with the text that it prints (`template: a.tmpl:1: unexpected
 * EOF`), or null. Files are read in the order given; each is judged alone, as there is no other error between files.
 */
export function checkTemplateFiles(files: readonly TemplateFile[], profile: TargetProfile): TemplateProblem | null {
  for (const file of files) {
    try {
      parseText(file.name, file.content, profile);
    } catch (error) {
      return problemOf(error, file);
    }
  }
  return null;
}

/**
 * Why the text of a field is no template, in upstream's words (`template: :1: unclosed action`) and with the range in the
 * text; null when it parses. `functions: "none"` is for the fields that Alertmanager reads when it loads (a webhook's `url`,
 * a responder's `type`): there only Go's own functions exist.
 */
export function checkTemplateText(
  text: string,
  profile: TargetProfile,
  options: { functions?: "all" | "none" } = {},
): { error: string; range: SourceRange } | null {
  const known = options.functions === "none" ? builtinNames : functionNames(profile);
  try {
    parseTrees("", toBytes(text), (name) => known.has(name), goRelease(profile));
    return null;
  } catch (error) {
    const { error: words, range } = problemOf(error, { name: "", content: text });
    return { error: words, range };
  }
}

export function problemOf(error: unknown, file: TemplateFile): TemplateProblem {
  const source = toBytes(file.content);
  if (error instanceof ParseError) {
    const { text, line, at } = error;
    return { name: file.name, error: fromBytes(text), line, range: rangeOfToken(source, at) };
  }
  // The parser bounds its depth; what else can go wrong is the stack.
  const reason = error instanceof Error ? error.message : String(error);
  return { name: file.name, error: `template: ${file.name}: ${reason}`, line: 1, range: rangeOfToken(source, 0) };
}
