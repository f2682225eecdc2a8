import {
  type Config,
  type ConfigDocument,
  type Field,
  type FieldType,
  fieldAt,
  forgetSources,
  isSecretRef,
  type Json,
  mapSecrets,
  type Path,
  parseConfig,
  renderConfig,
  visitSecrets,
} from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { findSealed, type SecretKind, seal } from "@/lib/secrets";
import type { TenantContext } from "@/lib/tenancy";

/** What Alertmanager shows instead of a secret. Published, it would be taken for the secret itself. */
const MASKED = "<secret>";

export interface Sealing {
  /** Text that was stored before, hence holds no secret: read again only when it differs. */
  stored?: string | null;
  /** References to use again for what is already sealed under one of them. */
  known?: readonly string[];
}

/**
 * The document with every plaintext secret sealed, in the configuration and in its text. Runs before any event is
 * written, in the transaction of the command.
 */
export async function sealDocument(
  tx: Transaction,
  ctx: TenantContext,
  document: ConfigDocument,
  now: Date,
  { stored = null, known = [] }: Sealing = {},
): Promise<ConfigDocument> {
  const written = textInSecretFields(document.config);
  refuseMasked(written);
  const found = plaintexts(written);
  const refs = new Map<string, string>();
  const sealedBefore = await findSealed(tx, ctx.tenantId, known, found);
  for (const { value, kind } of found) {
    const key = keyOf(value, kind);
    if (!refs.has(key)) refs.set(key, sealedBefore.get(key) ?? (await seal(tx, ctx, { value, kind }, now)).ref);
  }
  const config =
    refs.size === 0
      ? written
      : mapSecrets(written, (_path, value, field) => refs.get(keyOf(value, kindOf(field))) ?? value);
  const byValue = new Map(found.map(({ value, kind }) => [value, refs.get(keyOf(value, kind))!]));
  const source = sealSource(config, document.source, byValue, stored);
  if (byValue.size > 0) forgetSources();
  return { ...document, config, source };
}

/**
 * The text is patched to say what the configuration says. Neither what was sealed now nor what only the text still spells
 * out (a client that sends an old text with a sealed configuration) may linger in a comment or an anchor.
 */
function sealSource(
  config: Config,
  source: string | null,
  refs: ReadonlyMap<string, string>,
  stored: string | null,
): string | null {
  if (source === null) return null;
  const { yaml } = renderConfig({ config, source });
  const values = new Set([...refs.keys(), ...(source === stored ? [] : plaintextsOf(source))]);
  const lingering = [...values].filter((value) => yaml.includes(value)).sort((a, b) => b.length - a.length);
  if (lingering.length === 0) return yaml;
  const redacted = lingering.reduce((text, value) => redact(text, value, refs.get(value) ?? "(sealed)"), yaml);
  // A channel may be called like a password: what the configuration says openly is patched back, comments stay redacted.
  return renderConfig({ config, source: redacted }).yaml;
}

/** What is too short to be told from ordinary text is looked for as a whole word, and in comments only. */
function redact(text: string, value: string, by: string): string {
  if (value.length >= SHORTEST_TELLING) return text.replaceAll(value, () => by);
  const word = new RegExp(`(?<![\\w-])${value.replaceAll(/[^\w]/g, "\\$&")}(?![\\w-])`, "g");
  return text.replaceAll(/(?:^|\s)#.*$/gm, (comment) => comment.replaceAll(word, () => by));
}

function plaintextsOf(source: string): string[] {
  const { config } = parseConfig(source, { newId: () => "" });
  return config ? plaintexts(config).map(({ value }) => value) : [];
}

const SHORTEST_TELLING = 6;

function plaintexts(config: Config): { value: string; kind: SecretKind }[] {
  const found: { value: string; kind: SecretKind }[] = [];
  visitSecrets(config, (_path, value, field) => {
    if (typeof value === "string" && value !== "" && !isSecretRef(value)) found.push({ value, kind: kindOf(field) });
  });
  return found;
}

/** A number or list in a secret field would pass the sealing unseen and lie in the log for ever. */
function textInSecretFields(config: Config): Config {
  return asText(config as unknown as Json, []) as unknown as Config;
}

function asText(value: Json, path: Path): Json {
  if (value === null || typeof value === "string") return value;
  if (isSecretAt(path)) {
    if (typeof value !== "object") return String(value);
    throw new AppError("invalid_input", `${path.join(".")} holds a secret: it must be text.`, { path });
  }
  if (Array.isArray(value)) return value.map((item, index) => asText(item, [...path, index]));
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item, [...path, key])]));
}

function isSecretAt(path: Path): boolean {
  const type = path.length === 0 ? undefined : fieldAt(path)?.type;
  const own = type?.kind === "list" && typeof path[path.length - 1] === "number" ? type.item : type;
  return own?.kind === "secret" || own?.kind === "secretUrl" || own?.kind === "secretTemplateUrl";
}

function refuseMasked(config: Config): void {
  const paths: Path[] = [];
  visitSecrets(config, (path, value) => {
    if (value === MASKED) paths.push(path);
  });
  if (paths.length === 0) return;
  throw new AppError(
    "secret_placeholder",
    `The configuration holds ${MASKED} where secrets belong, as Alertmanager's status page shows it. ` +
      "Alertmanager would send that very text. Use the configuration file itself, or enter the secrets anew.",
    { paths },
  );
}

function keyOf(value: unknown, kind: SecretKind): string {
  return `${kind}\0${String(value)}`;
}

function kindOf(field: Field): SecretKind {
  return kindOfType(field.type);
}

function kindOfType(type: FieldType): SecretKind {
  if (type.kind === "secretUrl" || type.kind === "secretTemplateUrl") return type.kind;
  if (type.kind === "list") return kindOfType(type.item);
  return type.kind === "map" ? kindOfType(type.value) : "secret";
}
