import type { Config, ConfigDocument, Path, TemplateFile } from "../config/types";
import { toBytes } from "../go/bytes";
import type { TargetProfile } from "../profiles";
import { quotedLike, type WrittenName } from "./language-names";
import { namesOfFile, namesOfText, type TemplateSources, workspaceOf } from "./language-workspace";
import { isEmptyTree } from "./nodes";
import { parseTrees } from "./parser";
import { mapTemplatedTexts, type TemplatedText, templatedTexts } from "./workbench-fields";

/** A name in a file or in a field; `from` and `to` are UTF-16 offsets of its literal, quotes included. */
export interface TemplateCall {
  name: string;
  from: number;
  to: number;
  /** In a file: its name, and the definition that calls. */
  file?: string;
  within?: string;
  /** In a field: its path. `default` is the text of a field that nobody set. */
  path?: Path;
  role?: TemplatedText["role"];
}

export interface TemplateDefine {
  name: string;
  file: string;
  from: number;
  to: number;
  /** Whether this is the one that a call gets; the last that is not empty is. */
  wins: boolean;
  /** Whether the program brings a template of this name, in whose place it comes. */
  overrides: boolean;
  calls: readonly TemplateCall[];
}

export interface TemplateSymbols {
  defines: readonly TemplateDefine[];
  calls: readonly TemplateCall[];
  /** Names that more than one file defines. */
  collisions: readonly { name: string; winner: string; files: readonly string[] }[];
  /** The names that the program itself brings. */
  defaults: readonly string[];
}

const remembered = new WeakMap<
  readonly TemplateFile[],
  { config?: Config; profile: TargetProfile; symbols: TemplateSymbols }
>();

/**
 * What the template files define, and who calls it: in files and in every templated field of receivers and routes, absent
 * fields by their defaults. Also of files that do not parse, as far as they can be read.
 *
 * Alertmanager reads the files in the order of the document: of two definitions of one name the later one counts, unless
 * nothing but blanks stands in it. Never throws.
 */
export function templateSymbols(sources: TemplateSources, profile: TargetProfile): TemplateSymbols {
  const { templates, config } = sources;
  const known = remembered.get(templates);
  if (known && known.config === config && known.profile === profile) return known.symbols;
  const symbols = readSymbols(sources, profile);
  remembered.set(templates, { ...(config && { config }), profile, symbols });
  return symbols;
}

function readSymbols(sources: TemplateSources, profile: TargetProfile): TemplateSymbols {
  const { names, fields, defaults } = workspaceOf(sources, profile);
  const inFiles = [...names].flatMap(([file, list]) => list.map((written) => ({ file, written })));
  const calls: TemplateCall[] = [
    ...inFiles.filter(({ written }) => written.calls).map(({ file, written }) => callIn(written, { file: file.name })),
    ...fields.flatMap(({ field, names: list }) =>
      list
        // What the field defines itself is its own.
        .filter(({ name, calls: isCall }) => isCall && !list.some((other) => other.defines && other.name === name))
        .map((written) => callIn(written, { path: field.path, role: field.role })),
    ),
  ];
  const winners = new Map<string, TemplateFile>();
  for (const { file, written } of inFiles) {
    if (written.defines && (!winners.has(written.name) || !isEmpty(file, written.name)))
      winners.set(written.name, file);
  }
  const defines = inFiles
    .filter(({ written }) => written.defines)
    .map(({ file, written: { name, token } }) => ({
      ...{ name, file: file.name, from: token.from, to: token.to },
      wins: winners.get(name) === file,
      overrides: defaults.has(name),
      calls: calls.filter((call) => call.name === name),
    }));
  const collisions = [...winners].flatMap(([name, winner]) => {
    const files = [...new Set(defines.filter((define) => define.name === name).map(({ file }) => file))];
    return files.length > 1 ? [{ name, winner: winner.name, files }] : [];
  });
  return { defines, calls, collisions, defaults: [...defaults] };
}

function callIn(
  { name, token, within }: WrittenName,
  place: Pick<TemplateCall, "file" | "path" | "role">,
): TemplateCall {
  return { name, from: token.from, to: token.to, ...place, ...(within !== null && { within }) };
}

/** Whether a definition holds nothing that would replace another one. */
function isEmpty(file: TemplateFile, name: string): boolean {
  try {
    const tree = parseTrees(toBytes(file.name), toBytes(file.content), () => true).get(toBytes(name));
    return tree !== undefined && isEmptyTree(tree.root);
  } catch {
    return false;
  }
}

/** The definition that a call of this name gets; undefined when only the program brings one, or nobody. */
export function definitionOf(symbols: TemplateSymbols, name: string): TemplateDefine | undefined {
  return symbols.defines.find((define) => define.name === name && define.wins);
}

/** The receivers (by index) whose fields use a definition of the file, directly or through others. */
export function receiversUsing(symbols: TemplateSymbols, file: string): number[] {
  const reached = new Set(
    symbols.defines.flatMap((define) => (define.file === file && define.wins ? [define.name] : [])),
  );
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const { name, within, file: caller } of symbols.calls) {
      if (reached.has(name) && caller !== undefined) reached.add(within ?? caller);
    }
  }
  const receivers = symbols.calls.flatMap(({ name, path }) =>
    path?.[0] === "receivers" && typeof path[1] === "number" && reached.has(name) ? [path[1]] : [],
  );
  return [...new Set(receivers)].sort((left, right) => left - right);
}

/** Why a name cannot become another one. */
export type RenameProblem = "empty" | "same" | "unknown" | "default" | "taken";

export interface TemplateRename {
  document: ConfigDocument;
  /** Each literal that is written anew; offsets are those before. */
  changes: readonly TemplateCall[];
}

/**
 * Gives a template another name: in every `define`, `block` and `template` of files and fields that spells it, however
 * quoted. Nothing but these literals changes, and so nothing of what is sent.
 *
 * Refused: a name of the program's own templates, as those and absent fields call them too (`default`); one that is
 * defined or called already, or is that of a file (`taken`); one that no file defines (`unknown`).
 */
export function renameTemplate(
  document: ConfigDocument,
  from: string,
  to: string,
  profile: TargetProfile,
): { ok: true; rename: TemplateRename } | { ok: false; problem: RenameProblem } {
  const problem = renameProblem(document, from, to, profile);
  if (problem) return { ok: false, problem };
  const changes: TemplateCall[] = [];
  const templates = document.templates.map((file) => {
    const found = namesOfFile(file).filter(({ name }) => name === from);
    changes.push(...found.map((written) => callIn(written, { file: file.name })));
    return found.length > 0 ? { ...file, content: rewritten(file.content, found, to) } : file;
  });
  const config = mapTemplatedTexts(document.config, (text, role, path) => {
    const found = role === "default" ? [] : namesOfText(text).filter(({ name }) => name === from);
    changes.push(...found.map((written) => callIn(written, { path, role })));
    return found.length > 0 ? rewritten(text, found, to) : text;
  });
  return { ok: true, rename: { document: { ...document, config, templates }, changes } };
}

function renameProblem(
  document: ConfigDocument,
  from: string,
  to: string,
  profile: TargetProfile,
): RenameProblem | null {
  if (to.trim() === "") return "empty";
  if (to === from) return "same";
  const { defaults } = workspaceOf(document, profile);
  const files = document.templates.map(({ name }) => name);
  if (defaults.has(from) || files.includes(from)) return "default";
  const written = [
    ...document.templates.flatMap(namesOfFile),
    ...templatedTexts(document.config).flatMap(({ text }) => namesOfText(text)),
  ];
  if (!written.some(({ name, defines }) => defines && name === from)) return "unknown";
  if (defaults.has(to) || files.includes(to) || written.some(({ name }) => name === to)) return "taken";
  return null;
}

function rewritten(text: string, names: readonly WrittenName[], to: string): string {
  let result = "";
  let at = 0;
  for (const { token } of names) {
    result += text.slice(at, token.from) + quotedLike(to, token.text);
    at = token.to;
  }
  return result + text.slice(at);
}
