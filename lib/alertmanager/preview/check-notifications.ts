import type { SecretFactsByRef } from "../config/secret-ref";
import type { ConfigDocument, Path, Receiver, TemplateFile } from "../config/types";
import type { TargetProfile } from "../profiles";
import type { Diagnostic } from "../validation";
import { isObject } from "../validation/context";
import { checkDefinitions } from "./check-definitions";
import { findingsOf } from "./findings";
import type { PreviewCase } from "./receiver-preview";
import { runReceiver } from "./run-receiver";
import { sampleCases } from "./sample-cases";
import { groupingOf } from "./surroundings";

export interface CheckOptions {
  /** Without them the samples. */
  cases?: readonly PreviewCase[];
  secrets?: SecretFactsByRef;
  externalURL?: string;
  /** Files of an installation (`default.tmpl`, `email.tmpl`) in the place of our default templates. */
  defaults?: readonly TemplateFile[];
  /** Places of the receivers to look at; all of them, and definitions that nobody calls, without it. */
  only?: readonly number[];
  /** What is known to be wrong: nothing is said about integrations that the target would not even load. */
  known?: readonly Diagnostic[];
}

const EXTERNAL_URL = "https://alertmanager.example";
const NO_SECRETS: SecretFactsByRef = {};
const CASES = sampleCases();

/**
 * What goes wrong when the receivers notify about the sample cases: templates that fail, notifications that fail or are
 * refused because they are blank, what is cut, what kills the program. Paths and codes as `validateConfig` has them, which
 * finds what can be told without executing; it is not said again. Never throws on a draft.
 * What was found is remembered for a receiver that is the same object in the same surroundings.
 */
export function checkNotifications(
  document: Pick<ConfigDocument, "config" | "templates">,
  profile: TargetProfile,
  options: CheckOptions = {},
): Diagnostic[] {
  return [...checkNotificationsStep(document, profile, options)].flat();
}

/** The same receiver by receiver, for who has something else to do in between. */
export function* checkNotificationsStep(
  document: Pick<ConfigDocument, "config" | "templates">,
  profile: TargetProfile,
  options: CheckOptions = {},
): Generator<Diagnostic[], void> {
  const receivers: unknown = document.config.receivers;
  const list: readonly unknown[] = Array.isArray(receivers) ? receivers : [];
  for (const at of options.only ?? list.keys()) {
    const receiver = list[at];
    if (!isObject(receiver)) continue;
    const found = checkReceiver(document, profile, receiver as unknown as Receiver, at, options);
    yield found.filter(({ path }) => !isKnown(path, options.known ?? []));
  }
  if (!options.only) yield checkDefinitions(document, profile);
}

function isKnown(path: Path, known: readonly Diagnostic[]): boolean {
  const integration = path.slice(0, 4);
  return known.some((one) => one.severity === "error" && integration.every((step, index) => one.path[index] === step));
}

interface Remembered {
  about: readonly unknown[];
  found: Diagnostic[];
}

const remembered = new WeakMap<Receiver, WeakMap<TargetProfile, Remembered>>();

function checkReceiver(
  document: Pick<ConfigDocument, "config" | "templates">,
  profile: TargetProfile,
  receiver: Receiver,
  at: number,
  { cases = CASES, secrets = NO_SECRETS, externalURL = EXTERNAL_URL, defaults }: CheckOptions,
): Diagnostic[] {
  const { config, templates } = document;
  const grouping = groupingOf(config, profile, String(receiver.name ?? ""));
  const about = [at, config.global, grouping, templates, cases, secrets, externalURL, defaults];
  const ofReceiver = remembered.get(receiver) ?? new WeakMap<TargetProfile, Remembered>();
  remembered.set(receiver, ofReceiver);
  const known = ofReceiver.get(profile);
  if (known?.about.every((part, index) => part === about[index])) return known.found;
  const run = runReceiver(document, profile, receiver, { cases, externalURL, secrets, defaults, now: undefined });
  const found = run.integrations.flatMap((integration) => findingsOf(integration, at, run.route !== null));
  ofReceiver.set(profile, { about, found });
  return found;
}
