import { createHash } from "node:crypto";
import {
  type ConfigDocument,
  checkDefinitions,
  checkNotifications,
  type Diagnostic,
  groupingOf,
  type SecretFactsByRef,
  type TargetProfile,
  type TemplateFile,
  validateConfig,
} from "@/lib/alertmanager";

type Judged = Pick<ConfigDocument, "config" | "templates">;

/** What was found about the notifications of receivers, without their place, by all that it depends on. */
const remembered = new Map<string, readonly Diagnostic[]>();
const MOST_REMEMBERED = 20_000;
/** Others have their turn after so many milliseconds. */
const SLICE = 15;

interface Options {
  /** What the target's program brings along, where an operator gave it. */
  defaults?: readonly TemplateFile[] | undefined;
  /** Milliseconds, after which receivers that nobody has looked at yet are left out; the next call goes on with one at least. */
  budget?: number;
}

/**
 * All that a target of this profile has against a document: what `validateConfig` tells, and what the notifications of
 * its receivers come to. That takes some milliseconds for each receiver, so it is remembered by content and never keeps
 * anybody else waiting for long.
 */
export async function judgeDocument(
  { config, templates }: Judged,
  secrets: SecretFactsByRef,
  profile: TargetProfile,
  { budget = Number.POSITIVE_INFINITY, defaults }: Options = {},
): Promise<Diagnostic[]> {
  const told = validateConfig(config, profile, { templates, secrets, defaults });
  const found: Diagnostic[] = [];
  const about = aboutAll({ config, templates }, profile, defaults);
  const start = performance.now();
  let turn = start;
  let looked = false;
  for (const at of Array.from(receiversOf(config).keys())) {
    const key = keyOf(config, at, about, profile, secrets);
    const known = remembered.get(key);
    const now = performance.now();
    if (!known && looked && now - start > budget) break;
    if (!known && now - turn > SLICE) {
      await new Promise((resolve) => setImmediate(resolve));
      turn = performance.now();
    }
    const options = { secrets, only: [at], ...(defaults ? { defaults } : {}) };
    const findings = known ?? checkNotifications({ config, templates }, profile, options);
    looked ||= !known;
    remember(key, findings);
    found.push(...placed(findings, at, told));
  }
  return [...told, ...found, ...checkDefinitions({ config, templates }, profile)];
}

function receiversOf({ receivers }: ConfigDocument["config"]): readonly unknown[] {
  return Array.isArray(receivers) ? receivers : [];
}

/** Findings of another place in the list may be of this receiver's content. */
function placed(findings: readonly Diagnostic[], at: number, known: readonly Diagnostic[]): Diagnostic[] {
  return findings
    .map((finding) => ({ ...finding, path: ["receivers", at, ...finding.path.slice(2)] }))
    .filter(({ path }) => !isKnown(path, known));
}

/** Nothing is said about an integration that the target would not even load. */
function isKnown(path: Diagnostic["path"], known: readonly Diagnostic[]): boolean {
  const integration = path.slice(0, 4);
  return known.some((one) => one.severity === "error" && integration.every((step, index) => one.path[index] === step));
}

function aboutAll(
  { config, templates }: Judged,
  { id, matcherDialect }: TargetProfile,
  defaults: readonly TemplateFile[] | undefined,
): string {
  return digest(JSON.stringify([id, matcherDialect, config.global ?? null, templates, defaults ?? null]));
}

function keyOf(
  config: ConfigDocument["config"],
  at: number,
  about: string,
  profile: TargetProfile,
  secrets: SecretFactsByRef,
): string {
  const receiver = receiversOf(config)[at];
  const hosts = (JSON.stringify([receiver, config.global]).match(/secret:\/\/[0-9a-f-]+\/\d+/g) ?? []).map((ref) => {
    const facts = Object.hasOwn(secrets, ref) ? secrets[ref] : undefined;
    return [facts?.scheme, facts?.host];
  });
  const { name } = Object(receiver) as { name?: unknown };
  return digest(JSON.stringify([about, JSON.stringify(receiver), groupingOf(config, profile, String(name)), hosts]));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function remember(key: string, findings: readonly Diagnostic[]): void {
  remembered.delete(key);
  remembered.set(key, findings);
  if (remembered.size <= MOST_REMEMBERED) return;
  const [oldest = ""] = remembered.keys();
  remembered.delete(oldest);
}
