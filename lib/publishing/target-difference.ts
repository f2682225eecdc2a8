import { z } from "zod";
import {
  type ConfigDocument,
  type Field,
  isSecretRef,
  parseConfig,
  renderForTarget,
  visitSecrets,
} from "@/lib/alertmanager";
import { getChange, readRevision } from "@/lib/configuration";
import { findSealed, type SecretKind } from "@/lib/secrets";
import { digestOf, maskYaml, readShownPlace, type ShownPlace, templateFolderName } from "@/lib/targets";
import { query, type TenantContext } from "@/lib/tenancy";
import type { TargetDifference } from "./contract";

export interface DifferenceInput {
  id: string;
  replica?: string;
  /** Compare with what this change would publish instead of what was published last. */
  changeId?: string;
}

/** What we published last at a place, or would publish, beside what lies there. */
export async function targetDifference(
  ctx: TenantContext,
  { id, replica, changeId }: DifferenceInput,
): Promise<TargetDifference> {
  const shown = await readShownPlace(ctx, id, replica);
  const { place, text, state } = shown;
  const ours = changeId === undefined ? await published(ctx, shown) : await drafted(ctx, changeId);
  const refs = ours ? refsIn(ours.document) : [];
  const mine = ours && maskYaml(written(ours.document, refs, place.path));
  const known = text === null ? new Map<string, string>() : await sealedIn(ctx, { refs, text });
  // A secret that we published reads alike on both sides; any other is another, and that much may be seen.
  const mask = (value: string, field: Field) => (!ours || known.has(keyOf(value, field)) ? MASK : OTHER);
  const live = text === null ? null : maskYaml(text, mask);
  return {
    targetId: id,
    target: place.targetName,
    replica: place.replica ?? place.targetName,
    state,
    revision: ours?.revision ?? null,
    ours: mine ?? null,
    live,
    unreadable: text !== null && live === null,
    hidden: live !== null && live === mine && text !== null && digestOf(text) !== place.publishedDigest,
  };
}

const MASK = "<secret>";
const OTHER = "<another secret>";

interface Ours {
  document: ConfigDocument;
  revision: number | null;
}

async function published(ctx: TenantContext, { place }: ShownPlace): Promise<Ours | null> {
  const { publishedRevision: revision } = place;
  if (revision === null) return null;
  const { document } = await frozen(ctx, { revision });
  return { document, revision };
}

async function drafted(ctx: TenantContext, id: string): Promise<Ours> {
  const { document } = await getChange(ctx, { id });
  return { document, revision: null };
}

const frozen = query(
  { name: "published-document", permission: "configuration:view", input: z.object({ revision: z.number().int() }) },
  (tx, { revision }, { tenantId }) => readRevision(tx, tenantId, revision),
);

function refsIn({ config }: ConfigDocument): string[] {
  const refs = new Set<string>();
  visitSecrets(config, (_path, value) => {
    if (isSecretRef(value)) refs.add(value);
  });
  return [...refs];
}

/** As publishing writes it there, its template folder included; what the references stand for is masked in any case. */
function written(document: ConfigDocument, refs: readonly string[], path: string): string {
  const masked = Object.fromEntries(refs.map((ref) => [ref, "masked"]));
  const templateDir = templateFolderName(path, document.templates);
  return renderForTarget(document, { secrets: masked, ...(templateDir ? { templateDir } : {}) }).yaml;
}

/** The secrets of a file that are sealed under one of our references. */
const sealedIn = query(
  {
    name: "secrets-at-target",
    permission: "targets:view",
    input: z.object({ refs: z.array(z.string()).readonly(), text: z.string() }),
  },
  (tx, { refs, text }, { tenantId }) => findSealed(tx, tenantId, refs, secretsOf(text)),
);

function secretsOf(text: string): { value: string; kind: SecretKind }[] {
  const found: { value: string; kind: SecretKind }[] = [];
  const { config } = parseConfig(text, { newId: () => "" });
  if (config)
    visitSecrets(config, (_path, value, field) => {
      if (typeof value === "string" && value !== "") found.push({ value, kind: kindOf(field) });
    });
  return found;
}

function keyOf(value: string, field: Field): string {
  return `${kindOf(field)}\0${value}`;
}

function kindOf({ type }: Field): SecretKind {
  let inner = type;
  while (inner.kind === "list" || inner.kind === "map") inner = inner.kind === "list" ? inner.item : inner.value;
  return inner.kind === "secretUrl" || inner.kind === "secretTemplateUrl" ? inner.kind : "secret";
}
