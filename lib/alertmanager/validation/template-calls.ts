import type { Config, Path, TemplateFile } from "../config/types";
import type { TargetProfile } from "../profiles/profiles";
import { defaultTemplateNames, type TemplateNames, templateNames } from "../templates";
import { type Context, isObject, items, textOf } from "./context";
import type { Fix } from "./diagnostic";
import { suggestionFor } from "./suggest";
import { globPattern } from "./template-files";
import { namesInText, type TemplateUse, templateUses } from "./template-uses";

export interface TemplateSources {
  templates?: readonly TemplateFile[] | undefined;
  files?: Readonly<Record<string, string>> | undefined;
  defaults?: readonly TemplateFile[] | undefined;
}

/**
 * What Alertmanager reads only when it notifies: texts of fields that are no templates, and names of templates that
 * nothing defines. Names are judged only when it is told which files there are; where a pattern of `templates:` may
 * bring others, what is missing is merely unknown.
 */
export function checkTemplateCalls(context: Context, config: Config, sources: TemplateSources) {
  const { profile } = context;
  const uses: [number, readonly TemplateUse[]][] = [];
  items(config.receivers as never).forEach((receiver, index) => {
    const found = isObject(receiver) ? templateUses(receiver, profile) : [];
    if (found.length > 0) uses.push([index, found]);
  });
  for (const [index, found] of uses) {
    for (const use of found) if (!use.atLoad) checkSyntax(context, use, ["receivers", index, ...use.place]);
  }
  for (const file of sources.templates ?? []) checkFile(context, file);
  if (!sources.templates && !sources.files) return;
  const there = filesThere(config, sources, profile);
  const judge = new Names(context, there);
  for (const [index, found] of uses) {
    for (const use of found) judge.field(use, ["receivers", index, ...use.place]);
  }
  const inFields = new Set(uses.flatMap(([, found]) => found.flatMap(({ names }) => names.defined)));
  for (const { names, place } of there.files) judge.file(names, place, inFields);
}

/** Words of a secret stay out of messages. */
function withoutWords(reason: string): string {
  return reason.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|<.*>/g, "…");
}

function checkSyntax(context: Context, { names, secret }: TemplateUse, place: Path) {
  if (names.error === undefined) return;
  const upstream = secret ? withoutWords(names.error) : names.error;
  const reason = upstream.replace(/^template: :\d+: /, "");
  const unknown = /^function "(\w+)" not defined$/.exec(reason)?.[1];
  if (unknown === undefined) {
    return context.report("template_invalid", { stage: "notify", params: { reason }, upstream }, ...place);
  }
  const params = { name: unknown, version: context.profile.version };
  context.report("template_function_unknown", { stage: "notify", params, upstream }, ...place);
}

const filesRead = new WeakMap<TargetProfile, WeakMap<TemplateFile, TemplateNames>>();

function namesInFile(file: TemplateFile, profile: TargetProfile): TemplateNames {
  let known = filesRead.get(profile);
  if (!known) {
    known = new WeakMap();
    filesRead.set(profile, known);
  }
  let names = known.get(file);
  if (!names) {
    names = templateNames(file.name, file.content, profile);
    known.set(file, names);
  }
  return names;
}

/** The real program refuses the whole configuration for it. */
function checkFile(context: Context, file: TemplateFile) {
  const upstream = namesInFile(file, context.profile).error;
  if (upstream === undefined) return;
  const params = { name: file.name, reason: upstream.replace(/^template: [^:]*:\d+: /, "") };
  context.report("template_file_syntax", { stage: "templates", params, upstream }, "templates", file.name);
}

interface There {
  names: ReadonlySet<string>;
  files: readonly { names: TemplateNames; place: Path }[];
  /** What a misspelt name may have meant: nobody means the template that a file's own text makes. */
  near: readonly string[];
  /** Whether nothing else can define a template. */
  complete: boolean;
}

const defaults = new WeakMap<TargetProfile, readonly string[]>();

/** What the program brings along. An installation's own files stand for ours; only the page of its mails is always there. */
function namesBrought(profile: TargetProfile, own: readonly TemplateFile[] | undefined): readonly string[] {
  if (own) return [...own.flatMap((file) => namesInFile(file, profile).defined), "email.default.html"];
  const known = defaults.get(profile) ?? defaultTemplateNames(profile);
  defaults.set(profile, known);
  return known;
}

function filesThere(config: Config, sources: TemplateSources, profile: TargetProfile): There {
  const { templates = [], files = {}, defaults: brought } = sources;
  const found = templates.map((file) => {
    const place: Path = ["templates", file.name];
    return { name: file.name, names: namesInFile(file, profile), place };
  });
  let complete = true;
  items(config.templates as never).forEach((item, index) => {
    const glob = textOf(item);
    const pattern = globPattern(glob);
    const matching = pattern ? Object.keys(files).filter((name) => pattern.test(name)) : [];
    for (const path of matching) {
      const name = path.slice(path.lastIndexOf("/") + 1);
      found.push({ name, names: templateNames(name, files[path]!, profile), place: ["templates", index] });
    }
    // Publishing puts the document's own files in the place of a pattern that names one of them.
    const last = globPattern(glob.slice(glob.lastIndexOf("/") + 1));
    if (matching.length === 0 && !templates.some(({ name }) => last?.test(name))) complete = false;
  });
  if (found.some(({ names }) => names.error !== undefined)) complete = false;
  const all = new Set([...namesBrought(profile, brought), ...found.flatMap(({ names }) => names.defined)]);
  const own = new Set(found.map(({ name }) => name));
  return { names: all, near: [...all].filter((name) => name !== "" && !own.has(name)), files: found, complete };
}

/** Judges each name that is called. */
class Names {
  private readonly suggestions = new Map<string, string | undefined>();
  private readonly told = new Set<string>();

  constructor(
    private readonly context: Context,
    private readonly there: There,
  ) {}

  field({ names, text }: TemplateUse, place: Path) {
    for (const name of names.called) {
      if (this.there.names.has(name) || names.defined.includes(name)) continue;
      this.report(name, place, text);
    }
  }

  /** A text that calls a file's template may define what that one calls. */
  file({ called }: TemplateNames, place: Path, inFields: ReadonlySet<string>) {
    for (const name of called) if (!this.there.names.has(name) && !inFields.has(name)) this.report(name, place);
  }

  private report(name: string, place: Path, text?: string) {
    if (!this.there.complete) {
      if (this.told.has(name)) return;
      this.told.add(name);
      return this.context.report("template_unknown", { severity: "info", stage: "notify", params: { name } }, ...place);
    }
    const suggestion = this.suggestion(name);
    if (suggestion === undefined) {
      return this.context.report("template_undefined", { stage: "notify", params: { name } }, ...place);
    }
    const fix = text === undefined ? null : this.repair(text, name, suggestion, place);
    const finding = { stage: "notify", params: { name, suggestion }, ...(fix && { fix }) } as const;
    this.context.report("template_undefined_suggestion", finding, ...place);
  }

  private suggestion(name: string): string | undefined {
    if (!this.suggestions.has(name)) this.suggestions.set(name, suggestionFor(name, this.there.near));
    return this.suggestions.get(name);
  }

  /** The text with the name replaced where it stands as it is written; null where that does not repair it. */
  private repair(text: string, name: string, suggestion: string, place: Path): Fix | null {
    const written = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const call = new RegExp(`(\\{\\{-?\\s*template\\s*)(["\`])${written}\\2`, "g");
    const value = text.replace(call, (_, before: string, quote: string) => `${before}${quote}${suggestion}${quote}`);
    const { error, called } = namesInText(value, this.context.profile);
    if (error !== undefined || called.includes(name)) return null;
    return { code: "use_suggestion", edits: [{ path: place, value }] };
  }
}
