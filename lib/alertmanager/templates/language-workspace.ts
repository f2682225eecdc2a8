import type { Config, TemplateFile } from "../config/types";
import type { TargetProfile } from "../profiles";
import { defaultTemplates } from "./defaults";
import { type WrittenName, writtenNames } from "./language-names";
import { type Types, union } from "./language-types";
import { type Walk, walkTemplate } from "./language-walk";
import { modelOf } from "./model";
import { type TemplatedText, templatedTexts } from "./workbench-fields";

/** What the templates of a configuration are known by; a `ConfigDocument` is one. Files are read in their order. */
export interface TemplateSources {
  templates: readonly TemplateFile[];
  config?: Config;
}

/** Files and fields read together: a definition is called with what others call it with. */
export interface Workspace {
  profile: TargetProfile;
  walks: ReadonlyMap<TemplateFile, Walk>;
  names: ReadonlyMap<TemplateFile, readonly WrittenName[]>;
  fields: readonly { field: TemplatedText; names: readonly WrittenName[] }[];
  /** The definitions that the program brings. */
  defaults: ReadonlySet<string>;
  /** The types of the dot in a template; of one that nobody calls, all that notifications hand to templates. */
  dotOf: (name: string) => Types;
}

const workspaces = new WeakMap<
  readonly TemplateFile[],
  Map<TargetProfile, { config?: Config; workspace: Workspace }>
>();

/** Remembered for the same objects. */
export function workspaceOf({ templates, config }: TemplateSources, profile: TargetProfile): Workspace {
  const known = workspaces.get(templates) ?? new Map<TargetProfile, { config?: Config; workspace: Workspace }>();
  workspaces.set(templates, known);
  const found = known.get(profile);
  if (found && found.config === config) return found.workspace;
  const workspace = readAll({ templates, ...(config && { config }) }, profile);
  known.set(profile, { ...(config && { config }), workspace });
  return workspace;
}

const fileNames = new WeakMap<TemplateFile, readonly WrittenName[]>();
const textNames = new Map<string, readonly WrittenName[]>();
const MOST_TEXTS = 4096;

/** The names in a file, read once for each of its texts. */
export function namesOfFile(file: TemplateFile): readonly WrittenName[] {
  const names = fileNames.get(file) ?? writtenNames(file.content);
  fileNames.set(file, names);
  return names;
}

export function namesOfText(text: string): readonly WrittenName[] {
  const known = textNames.get(text);
  if (known) return known;
  if (textNames.size >= MOST_TEXTS) textNames.clear();
  const names = writtenNames(text);
  textNames.set(text, names);
  return names;
}

const MOST_ROUNDS = 12;

function readAll({ templates, config }: TemplateSources, profile: TargetProfile): Workspace {
  const { data, alert, alerts } = modelOf(profile);
  const ours = defaultTemplates(profile);
  const files = [...ours, ...templates];
  const names = new Map(templates.map((file) => [file, namesOfFile(file)]));
  const fields = (config ? templatedTexts(config) : [])
    .map((field) => ({ field, names: namesOfText(field.text) }))
    .filter((entry) => entry.names.length > 0);
  const defaults = new Set(
    ours.flatMap((file) =>
      namesOfFile(file)
        .filter(isDefined)
        .map(({ name }) => name),
    ),
  );
  const written = [...files.flatMap(namesOfFile), ...fields.flatMap((entry) => entry.names)];
  const called = new Set(written.filter(({ calls }) => calls).map(({ name }) => name));

  let dots = new Map<string, Types>();
  const dotOf = (name: string): Types => {
    if (called.has(name)) return dots.has(name) ? dots.get(name)! : [];
    return defaults.has(name) ? [data] : [data, alert, alerts];
  };
  const ofFields = new Map<string, Types>();
  for (const { field } of fields) collect(walkTemplate(field.text, [data], dotOf, profile), ofFields);
  let walks = new Map<TemplateFile, Walk>();
  for (let round = 0; ; round++) {
    const next = new Map(ofFields);
    walks = new Map(files.map((file) => [file, walkTemplate(file.content, dotOf(file.name), dotOf, profile)]));
    for (const walk of walks.values()) collect(walk, next);
    const settled = sameDots(dots, next);
    dots = next;
    if (settled) break;
    if (round === MOST_ROUNDS) dots = new Map([...called].map((name) => [name, null]));
    if (round > MOST_ROUNDS) break;
  }
  return { profile, walks, names, fields, defaults: new Set([...defaults, "email.default.html"]), dotOf };
}

function isDefined({ defines }: WrittenName): boolean {
  return defines;
}

function collect({ calls }: Walk, into: Map<string, Types>): void {
  for (const { name, types } of calls) {
    if (types !== undefined) into.set(name, into.has(name) ? union(into.get(name)!, types) : types);
  }
}

function sameDots(left: ReadonlyMap<string, Types>, right: ReadonlyMap<string, Types>): boolean {
  if (left.size !== right.size) return false;
  return [...right].every(([name, types]) => {
    const before = left.get(name);
    return (
      before === types ||
      (before?.length === types?.length && before !== undefined && types?.every((type) => before?.includes(type)))
    );
  });
}
