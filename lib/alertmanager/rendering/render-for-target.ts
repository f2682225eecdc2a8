import { AppError } from "@/lib/errors";
import { mapSecrets } from "../config/secrets";
import { CONFIG_STRUCT } from "../config/structs";
import type { Config, ConfigDocument, Json, Path, TemplateFile } from "../config/types";
import type { FieldType } from "../fields";
import type { TargetProfile } from "../profiles";
import { renderConfig } from "./render-config";

/** The bytes a target gets; `hash` is what its `alertmanager_config_hash` will show. */
export interface RenderedConfig {
  yaml: string;
  templates: TemplateFile[];
  hash: number;
}

export interface TargetOptions {
  /** Absolute folder into which the template files are written; they are then listed one by one under `templates:`. */
  templateDir?: string;
  /** What each reference stands for. */
  secrets: Readonly<Record<string, string>>;
  /** When given, a key that this target would refuse is refused here. */
  profile?: TargetProfile;
}

/**
 * Opens the secrets and prints what is published.
 * @throws AppError `secret_placeholder` when a reference or `<secret>` would be left, `has_error_diagnostics` for keys
 * that the target does not know.
 */
export function renderForTarget(document: ConfigDocument, options: TargetOptions): RenderedConfig {
  const { templates, source } = document;
  let config = mapSecrets(document.config, (_, value) =>
    Object.hasOwn(options.secrets, value) ? options.secrets[value]! : value,
  );
  if (options.templateDir !== undefined && templates.length > 0)
    config = withTemplates(config, options.templateDir, templates);
  refuseLeftovers(config as unknown as Json, []);
  if (options.profile)
    refuseUnknown(config as unknown as Json, { kind: "struct", struct: CONFIG_STRUCT }, [], options.profile);
  const { yaml, hash } = renderConfig({ config, source });
  return { yaml, templates, hash };
}

/** Our files by name, and of the patterns already there those that are not about one of them. */
function withTemplates(config: Config, folder: string, templates: readonly TemplateFile[]): Config {
  const names = templates.map(({ name }) => name);
  const files = names.map((name) => `${folder.replace(/\/+$/, "")}/${name}`);
  const others = (config.templates ?? []).filter(
    (pattern) => !names.some((name) => matchesName(String(pattern), name)),
  );
  return { ...config, templates: [...others, ...files.filter((file) => !others.includes(file))] };
}

function matchesName(pattern: string, name: string): boolean {
  const last = pattern.split("/").at(-1) ?? "";
  const source = last
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  try {
    return new RegExp(`^${source}$`).test(name);
  } catch {
    return false;
  }
}

function refuseLeftovers(value: Json | undefined, path: Path): void {
  if (typeof value === "string") {
    if (value !== "<secret>" && !value.includes("secret://")) return;
    const at = printPath(path);
    throw new AppError("secret_placeholder", `${at} holds no usable secret. Set it again, then publish.`, { path });
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseLeftovers(item, [...path, index]);
  } else if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) refuseLeftovers(item, [...path, key]);
  }
}

function refuseUnknown(value: Json | undefined, type: FieldType, path: Path, profile: TargetProfile): void {
  if (value === null || value === undefined || typeof value !== "object") return;
  if (Array.isArray(value)) {
    if (type.kind === "list") {
      for (const [index, item] of value.entries()) refuseUnknown(item, type.item, [...path, index], profile);
    }
    return;
  }
  if (type.kind !== "struct") return;
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined || (key === "id" && !type.struct.fields.some((field) => field.key === "id"))) continue;
    const at = [...path, key];
    if (!profile.knows(type.struct, key)) {
      const message = `${printPath(at)} is not known to ${profile.program} ${profile.version}. Remove it, then publish.`;
      throw new AppError("has_error_diagnostics", message, { path: at, profile: profile.id });
    }
    const field = type.struct.fields.find((candidate) => candidate.key === key);
    if (field) refuseUnknown(item, field.type, at, profile);
  }
}

function printPath(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    "",
  );
}
