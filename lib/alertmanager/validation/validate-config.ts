import type { SecretFactsByRef } from "../config/secret-ref";
import { CONFIG_STRUCT, RECEIVER_STRUCT } from "../config/structs";
import type { Config, JsonObject, TemplateFile } from "../config/types";
import type { TargetProfile } from "../profiles/profiles";
import { Context, isObject } from "./context";
import type { Diagnostic } from "./diagnostic";
import { checkGlobal, globalSettings } from "./global-settings";
import { checkInheritance } from "./receivers";
import { checkTree } from "./tree";
import { checkStruct } from "./walk";

export interface ValidateOptions {
  templates?: TemplateFile[];
  /** What is known of the sealed secrets; without it references are taken on trust. */
  secrets?: SecretFactsByRef;
}

interface Remembered {
  global: unknown;
  profile: TargetProfile;
  secrets: SecretFactsByRef | undefined;
  index: number;
  diagnostics: Diagnostic[];
}

/** Drafts share unchanged receivers with their predecessor, so that most of a large one is judged once. */
const remembered = new WeakMap<JsonObject, Remembered>();

/**
 * Every problem that Alertmanager of this profile has with the configuration, and those it does not tell of:
 * what makes it crash, what it ignores, what works otherwise than it looks. Collects; never throws on a draft.
 * Receivers and routes are remembered by identity: change a configuration by copying, not in place.
 */
export function validateConfig(config: Config, profile: TargetProfile, options: ValidateOptions = {}): Diagnostic[] {
  const context = new Context(profile, options.secrets);
  const { receivers, ...rest } = config as unknown as JsonObject;
  checkStruct(context, rest, CONFIG_STRUCT);
  if (isObject(config.global)) context.at("global", () => checkGlobal(context, config.global as JsonObject));
  checkReceivers(context, config, receivers);
  if (profile.version === "0.25" && Array.isArray(config.inhibit_rules)) {
    (config.inhibit_rules as unknown[]).forEach((rule, index) => {
      if (rule === null) context.report("null_item_crash", {}, "inhibit_rules", index);
    });
  }
  checkTree(context, config);
  return context.diagnostics;
}

function checkReceivers(context: Context, config: Config, receivers: unknown) {
  if (receivers === undefined || receivers === null) return;
  if (!Array.isArray(receivers)) {
    // One key alone: the walk says what is wrong with its type.
    return checkStruct(context, { receivers: receivers as never }, CONFIG_STRUCT);
  }
  const global = globalSettings(config);
  receivers.forEach((receiver: unknown, index) => {
    if (receiver === null) {
      const crash = context.profile.version === "0.25";
      if (crash) context.report("null_item_crash", {}, "receivers", index);
      else context.report("null_item", { severity: "warning" }, "receivers", index);
    } else if (!isObject(receiver)) {
      const params = { key: "receivers", expected: "a mapping", actual: Array.isArray(receiver) ? "a list" : "text" };
      context.report("wrong_type", { params }, "receivers", index);
    } else {
      for (const diagnostic of receiverDiagnostics(context, receiver, index, config.global, global)) {
        context.diagnostics.push(diagnostic);
      }
    }
  });
}

function receiverDiagnostics(
  context: Context,
  receiver: JsonObject,
  index: number,
  global: unknown,
  settings: ReturnType<typeof globalSettings>,
): Diagnostic[] {
  const { profile, secrets } = context;
  const before = remembered.get(receiver);
  if (before && before.global === global && before.profile === profile && before.secrets === secrets) {
    if (before.index === index || before.diagnostics.length === 0) return before.diagnostics;
  }
  const own = new Context(profile, secrets);
  own.path.push("receivers", index);
  checkStruct(own, receiver, RECEIVER_STRUCT);
  checkInheritance(own, receiver, settings);
  remembered.set(receiver, { global, profile, secrets, index, diagnostics: own.diagnostics });
  return own.diagnostics;
}
