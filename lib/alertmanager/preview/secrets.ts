import { isSecretRef, type SecretFactsByRef } from "../config/secret-ref";
import { mapSecrets } from "../config/secrets";
import type { Config, Json, JsonObject } from "../config/types";
import type { Field } from "../fields";
import { parseGoUrl } from "../go/url";
import type { TargetProfile } from "../profiles";
import { isObject } from "../validation/context";
import { SECRET_MARK, SECRET_NUMBER } from "./mask";

/** A configuration with stand-ins in the place of all secrets, and what else is to be known to keep them out. */
export interface Disguised {
  config: Config;
  /** Secrets that are templates stay, so that they are executed: what stands for their output, by their text. */
  outputs: ReadonlyMap<string, (output: string) => string>;
  /** What files hold that only the target can read. */
  files: Readonly<Record<string, string>>;
}

/** Puts stand-ins in the place of sealed secrets, of plain ones and of files. */
export function disguise(config: Config, profile: TargetProfile, facts: SecretFactsByRef): Disguised {
  const outputs = new Map<string, (output: string) => string>();
  const replace = (_: unknown, value: string, field: Field): string => {
    if (value === "") return value;
    const address = field.type.kind !== "secret";
    if (isSecretRef(value)) {
      const { scheme, host } = (Object.hasOwn(facts, value) && facts[value]) || {};
      return address ? addressOf(scheme, host) : SECRET_MARK;
    }
    if (value.includes("{{") && isTemplate(field, profile)) {
      outputs.set(value, address ? standInFor : (output) => (output.trim() === "" ? output : SECRET_MARK));
      return value;
    }
    return address ? standInFor(value) : SECRET_MARK;
  };
  return { config: mapSecrets(config, replace), outputs, files: filesOf(config) };
}

function isTemplate({ templated, type }: Field, profile: TargetProfile): boolean {
  return templated === true && (type.kind !== "secretTemplateUrl" || profile.reaches("0.31"));
}

/** An address of which only scheme and host are shown; what is none stays none. */
function standInFor(address: string): string {
  if (address.trim() === "") return address;
  const url = parseGoUrl(address);
  return url.ok ? addressOf(url.scheme, url.host) : SECRET_MARK;
}

function addressOf(scheme = "https", host: string = SECRET_MARK): string {
  return `${scheme}://${host}/${SECRET_MARK}`;
}

/** Keys that name a file, and lists of such names. */
function filesOf(config: Config): Record<string, string> {
  const files: Record<string, string> = {};
  const visit = (value: Json | undefined) => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    for (const [key, item] of Object.entries(value)) {
      if (key.endsWith("_file") && typeof item === "string") files[item] = contentOf(key);
      else if (key === "files" && Array.isArray(item)) for (const name of item) files[String(name)] = SECRET_MARK;
      else visit(item);
    }
  };
  visit(config as unknown as JsonObject);
  return files;
}

function contentOf(key: string): string {
  if (key === "chat_id_file") return SECRET_NUMBER;
  return key.endsWith("url_file") ? addressOf() : SECRET_MARK;
}
