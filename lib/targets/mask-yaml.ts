import {
  type Config,
  type Field,
  fieldAt,
  forgetSources,
  type Json,
  mapSecrets,
  type Path,
  parseConfig,
  renderConfig,
} from "@/lib/alertmanager";

const MASK = "<secret>";

/**
 * Printed anew from what was understood, so that a secret in a comment goes too. A text that is no configuration is not
 * shown at all: nobody could say where its secrets are. `mask` says what stands in place of a secret.
 */
export function maskYaml(text: string, mask: (value: string, field: Field) => string = () => MASK): string | null {
  let next = 0;
  const { config } = parseConfig(text, { newId: () => `live-${++next}` });
  forgetSources();
  if (config === null) return null;
  const safe = hideUnknown(config as unknown as Json, []) as unknown as Config;
  return renderConfig({ config: mapSecrets(safe, (_path, value, field) => mask(value, field)), source: null }).yaml;
}

/** Under a key that we do not know, anything may be a secret; so may the password in an ordinary address. */
function hideUnknown(value: Json, path: Path): Json {
  if (Array.isArray(value)) return value.map((item, index) => hideUnknown(item, [...path, index]));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideUnknown(item, [...path, key])]));
  }
  if (value === null || typeof value === "boolean") return value;
  const kind = fieldAt(path)?.type.kind;
  if (kind === undefined && path.at(-1) !== "id") return MASK;
  const secret = kind === "secret" || kind === "secretUrl" || kind === "secretTemplateUrl";
  // Unquoted digits are a number here, and a password all the same.
  if (typeof value === "number") return secret ? String(value) : value;
  return secret ? value : value.replace(/(:\/\/[^\s:/@]*:)[^\s/@]+@/g, `$1${MASK}@`);
}
