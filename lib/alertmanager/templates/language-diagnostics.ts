import type { Config, TemplateFile } from "../config/types";
import { toBytes } from "../go/bytes";
import type { TargetProfile } from "../profiles";
import type { Severity } from "../validation/diagnostic";
import { suggestionFor } from "../validation/suggest";
import { globPattern } from "../validation/template-files";
import type { Spot } from "./language-pipeline";
import { functionSince, functionsOf, memberSince, membersOf, typeName, typesName } from "./language-types";
import { type TemplateSources, type Workspace, workspaceOf } from "./language-workspace";
import { parseTrees } from "./parser";
import { problemOf } from "./template-set";
import { type TemplateSymbols, templateSymbols } from "./workbench";

export type TemplateFindingCode =
  | "syntax"
  | "function_unknown"
  | "function_later"
  | "field_unknown"
  | "field_later"
  | "template_undefined"
  | "template_unknown"
  | "define_replaced"
  | "define_overrides"
  | "define_unused";

/** Something wrong with a token of a template file; offsets in UTF-16 units. `suggestion` may be written in its place. */
export interface TemplateFinding {
  code: TemplateFindingCode;
  severity: Severity;
  file: string;
  from: number;
  to: number;
  params: Readonly<Record<string, string>>;
  suggestion?: string;
}

/**
 * What is wrong with the template files, each thing at its token: of every file what does not parse (in Go's words), names
 * of functions, fields and templates that do not exist in the profile's version, definitions that replace each other or
 * that nobody calls. Fields are judged where the type of what they are looked up in is known. Never throws.
 */
export function templateDiagnostics(sources: TemplateSources, profile: TargetProfile): TemplateFinding[] {
  const workspace = workspaceOf(sources, profile);
  const symbols = templateSymbols(sources, profile);
  const complete = isComplete(sources);
  return sources.templates.flatMap((file) => {
    const found: TemplateFinding[] = [
      ...syntaxOf(file),
      ...(workspace.walks.get(file)?.spots ?? []).flatMap((spot) => spotFinding(spot, file.name, workspace) ?? []),
      ...undefinedNames(file, sources, workspace, symbols, complete),
      ...definitionFindings(file, symbols),
    ];
    return found.sort((left, right) => left.from - right.from);
  });
}

/** Names of functions are judged one by one, so that the first unknown one does not hide what else does not parse. */
function syntaxOf(file: TemplateFile): TemplateFinding[] {
  try {
    parseTrees(toBytes(file.name), toBytes(file.content), () => true);
    return [];
  } catch (error) {
    const { error: words, range } = problemOf(error, file);
    const reason = words.replace(/^template: [^:]*:\d+: /, "");
    const [from, to] = [range.start.offset, Math.min(range.end.offset, file.content.length)];
    return [{ code: "syntax", severity: "error", file: file.name, from, to, params: { reason } }];
  }
}

function spotFinding(spot: Spot, file: string, { profile }: Workspace): TemplateFinding | null {
  if (!spot.missing) return null;
  const { token, receiver } = spot;
  const at = { file, from: token.from, to: token.to };
  const { version } = profile;
  if (spot.kind === "function") {
    const name = token.text;
    if (profile.shared?.templateFunctions.includes(name)) return null;
    const since = functionSince(name);
    if (since) return { code: "function_later", severity: "error", ...at, params: { name, since, version } };
    const near = suggestionFor(name, functionsOf(profile).keys());
    return { code: "function_unknown", severity: "error", ...at, params: { name, version }, ...suggested(near) };
  }
  if (spot.kind !== "member" || !receiver) return null;
  const name = token.text.slice(1);
  const type = typesName(receiver);
  const later = receiver.map((one) => memberSince(typeName(one), name)).find((since) => typeof since === "string");
  // Of several types one is looked up; which one is not known.
  const severity = receiver.length === 1 ? "error" : "warning";
  if (later) return { code: "field_later", severity, ...at, params: { name, type, since: later, version } };
  const known = receiver.flatMap((one) => membersOf(one).map((member) => member.name));
  const near = suggestionFor(name, known);
  return { code: "field_unknown", severity, ...at, params: { name, type }, ...suggested(near && `.${near}`) };
}

function suggested(suggestion: string | undefined): { suggestion: string } | undefined {
  return suggestion === undefined ? undefined : { suggestion };
}

function undefinedNames(
  file: TemplateFile,
  { templates }: TemplateSources,
  { names, fields, defaults }: Workspace,
  symbols: TemplateSymbols,
  complete: boolean,
): TemplateFinding[] {
  const inFields = fields.flatMap((field) => field.names.filter(({ defines }) => defines).map(({ name }) => name));
  const defined = new Set([...symbols.defines.map(({ name }) => name), ...defaults, ...inFields]);
  const known = new Set([...defined, ...templates.map(({ name }) => name)]);
  return (names.get(file) ?? []).flatMap(({ name, calls, token }): TemplateFinding[] => {
    if (!calls || known.has(name)) return [];
    const at = { file: file.name, from: token.from, to: token.to, params: { name } };
    if (!complete) return [{ code: "template_unknown", severity: "info", ...at }];
    const near = suggestionFor(name, defined);
    const suggestion = near === undefined ? undefined : token.text[0] + near + token.text[0];
    return [{ code: "template_undefined", severity: "error", ...at, ...suggested(suggestion) }];
  });
}

function definitionFindings(file: TemplateFile, { defines, collisions, calls }: TemplateSymbols): TemplateFinding[] {
  return defines.flatMap(({ name, file: of, from, to, wins, overrides }): TemplateFinding[] => {
    if (of !== file.name) return [];
    const at = { file: of, from, to };
    const collision = collisions.find((candidate) => candidate.name === name);
    if (collision && !wins) {
      return [{ code: "define_replaced", severity: "warning", ...at, params: { name, winner: collision.winner } }];
    }
    if (overrides) return [{ code: "define_overrides", severity: "info", ...at, params: { name } }];
    const used = calls.some((call) => call.name === name);
    return used ? [] : [{ code: "define_unused", severity: "info", ...at, params: { name } }];
  });
}

/** Whether nothing but the files and the program defines templates: no pattern of `templates:` brings others. */
function isComplete({ templates, config }: TemplateSources): boolean {
  const patterns: Config["templates"] = Array.isArray(config?.templates) ? config.templates : [];
  return patterns.every((pattern) => {
    const text = String(pattern);
    const last = globPattern(text.slice(text.lastIndexOf("/") + 1));
    return templates.some(({ name }) => last?.test(name));
  });
}
