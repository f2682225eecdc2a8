import type { SecretFactsByRef } from "../config/secret-ref";
import { CONFIG_STRUCT, RECEIVER_STRUCT } from "../config/structs";
import type { Config, Json, JsonObject, TemplateFile } from "../config/types";
import { goQuote } from "../go/quote";
import type { TargetProfile } from "../profiles/profiles";
import { Context, isObject, textOf } from "./context";
import type { Diagnostic } from "./diagnostic";
import { firstRefusal } from "./first-refusal";
import { checkGlobal, type GlobalSettings, globalSettings } from "./global-settings";
import { panicWhileDecoding } from "./panic";
import { checkInheritance } from "./receivers";
import { checkReload } from "./reload";
import { checkSharedProgram } from "./shared-program";
import { checkTemplateCalls } from "./template-calls";
import { checkTree } from "./tree";
import { checkStruct } from "./walk";

export interface ValidateOptions {
  /** The files that are published with the configuration; with them (or `files`) names of templates are judged. */
  templates?: TemplateFile[];
  /** What lies beside the configuration, by relative path; when given, what is absent is missing. */
  files?: Readonly<Record<string, string>>;
  /** Files of an installation (`default.tmpl`, `email.tmpl`) in the place of our default templates. */
  defaults?: readonly TemplateFile[] | undefined;
  /** What is known of the sealed secrets; without it references are taken on trust. */
  secrets?: SecretFactsByRef;
}

interface Remembered {
  global: unknown;
  profile: TargetProfile;
  secrets: SecretFactsByRef | undefined;
  index: number;
  own: Diagnostic[];
  inherited: Diagnostic[];
}

/** Drafts share unchanged receivers with their predecessor, so that most of a large one is judged once. */
const remembered = new WeakMap<JsonObject, Remembered>();

/**
 * Every problem that Alertmanager of this profile has with the configuration, and those it does not tell of:
 * what makes it crash, what it ignores, what works otherwise than it looks. The first is the one at which the real
 * program stops. Collects; never throws on a draft.
 * Receivers and routes are remembered by identity: change a configuration by copying, not in place.
 */
export function validateConfig(config: Config, profile: TargetProfile, options: ValidateOptions = {}): Diagnostic[] {
  const diagnostics = judgeConfig(config, profile, options);
  const first = firstRefusal(diagnostics, []);
  return first ? [first, ...diagnostics.filter((diagnostic) => diagnostic !== first)] : diagnostics;
}

/** The same in the order of discovery, for a caller who knows more (places in a text). */
export function judgeConfig(config: Config, profile: TargetProfile, options: ValidateOptions = {}): Diagnostic[] {
  const context = new Context(profile, options.secrets);
  const settings = globalSettings(config);
  const receivers = judgedReceivers(context, config, settings);
  const { receivers: _, ...rest } = config as unknown as JsonObject;
  for (const key of Object.keys(config)) {
    if (key !== "receivers") checkStruct(context, { [key]: rest[key] as Json }, CONFIG_STRUCT);
    else if (receivers) for (const { own } of receivers) addAll(context, own);
    else checkStruct(context, { receivers: config.receivers as never }, CONFIG_STRUCT);
  }
  context.phase = "config";
  if (isObject(config.global)) context.at("global", () => checkGlobal(context, config.global as JsonObject));
  for (const { inherited } of receivers ?? []) addAll(context, inherited);
  checkTree(context, config);
  context.phase = "use";
  if (profile.shared) checkSharedProgram(context, config, profile.shared);
  checkReload(context, config, settings, options.files);
  checkTemplateCalls(context, config, options);
  return context.diagnostics;
}

function addAll(context: Context, diagnostics: readonly Diagnostic[]) {
  for (const diagnostic of diagnostics) context.diagnostics.push(diagnostic);
}

type Judged = Pick<Remembered, "own" | "inherited">;

/** What each receiver shows of itself, and what it lacks; `null` when there is no list of them. */
function judgedReceivers(context: Context, config: Config, settings: GlobalSettings): Judged[] | null {
  const receivers = config.receivers as unknown;
  if (!Array.isArray(receivers)) return null;
  const names = new Set<string>();
  return receivers.map((receiver: unknown, index): Judged => {
    const name = isObject(receiver) ? textOf(receiver.name) : "";
    const again = names.has(name);
    names.add(name);
    const judged = judgedReceiver(context, receiver, index, config.global, settings);
    if (!again) return judged;
    const twice = new Context(context.profile, context.secrets);
    twice.phase = "config";
    const upstream = `notification config name ${goQuote(name)} is not unique`;
    twice.report("receiver_duplicate", { params: { name }, upstream }, "receivers", index, "name");
    return { own: judged.own, inherited: [...twice.diagnostics, ...judged.inherited] };
  });
}

function judgedReceiver(
  { profile, secrets }: Context,
  receiver: unknown,
  index: number,
  global: unknown,
  settings: GlobalSettings,
): Judged {
  if (isObject(receiver)) {
    const before = remembered.get(receiver);
    if (before && before.global === global && before.profile === profile && before.secrets === secrets) {
      if (before.index === index || before.own.length + before.inherited.length === 0) return before;
    }
  }
  const own = new Context(profile, secrets);
  const inherited = new Context(profile, secrets);
  inherited.phase = "config";
  own.path.push("receivers", index);
  inherited.path.push("receivers", index);
  if (isObject(receiver)) {
    checkStruct(own, receiver, RECEIVER_STRUCT);
    checkInheritance(inherited, receiver, settings);
    const both = { own: own.diagnostics, inherited: inherited.diagnostics };
    remembered.set(receiver, { global, profile, secrets, index, ...both });
  } else if (receiver !== null) {
    const actual = Array.isArray(receiver) ? "a list" : "text";
    own.report("wrong_type", { params: { key: "receivers", expected: "a mapping", actual } });
  } else if (profile.reaches("0.26")) own.report("null_item", { severity: "warning" });
  else inherited.report("null_item_crash", { upstream: panicWhileDecoding(profile) });
  return { own: own.diagnostics, inherited: inherited.diagnostics };
}
