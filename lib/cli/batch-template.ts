import {
  executeTemplate,
  parseTemplates,
  type TargetProfile,
  type TemplateData,
  type TemplateFile,
} from "@/lib/alertmanager";
import { folderTemplatesFor } from "@/lib/default-templates";
import { BadRequest } from "./batch-operations";

/** `template`: what `amtool template render` prints; its errors end with a line feed, as it writes them. */
export function template(request: Record<string, unknown>, profile: TargetProfile) {
  const { kind = "text", text, data } = request;
  if (kind !== "text" && kind !== "html") throw new BadRequest("kind must be text or html");
  if (typeof text !== "string") throw new BadRequest("text must be a string");
  if (data === null || typeof data !== "object" || Array.isArray(data)) throw new BadRequest("data must be an object");
  const installed = folderTemplatesFor(profile);
  const { set, diagnostics } = parseTemplates(
    filesOf(request),
    profile,
    installed ? { defaults: installed.files } : {},
  );
  if (diagnostics[0]) return { ok: false, error: `${diagnostics[0].error}\n` };
  const result = executeTemplate(set, { kind, text, data: data as TemplateData, profile });
  return result.ok ? result : { ok: false, error: `${result.error}\n` };
}

/** The files beside each other, in the order in which the program reads a folder. */
function filesOf({ templates = [] }: Record<string, unknown>): TemplateFile[] {
  const isFile = (file: unknown): file is TemplateFile =>
    file !== null &&
    typeof file === "object" &&
    typeof (file as TemplateFile).name === "string" &&
    typeof (file as TemplateFile).content === "string";
  if (!Array.isArray(templates) || !templates.every(isFile)) {
    throw new BadRequest("templates must be a list of files with name and content");
  }
  return templates.toSorted((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}
