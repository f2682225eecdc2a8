import { type ConfigDocument, type Diagnostic, type IntegrationPreview, profileFor } from "@/lib/alertmanager";
import { checkDefinitions, checkNotifications, previewReceiver, sampleCases } from "@/lib/alertmanager/preview";
import type { Known } from "./notification-checks";
import type { PreviewQuestion } from "./worker-protocol";

/** What Alertmanager calls itself in links; nobody's real address. */
const EXTERNAL_URL = "https://alertmanager.example";

/** What goes wrong when a receiver notifies about the samples. */
export function lookAt(
  document: ConfigDocument,
  receiver: number,
  profile: string,
  known: Known,
): readonly Diagnostic[] {
  return checkNotifications(document, profileFor(profile), { only: [receiver], ...optionsOf(known, profile) });
}

/** What goes wrong in definitions that no receiver calls. */
export function lookAtDefinitions(document: ConfigDocument, profile: string): readonly Diagnostic[] {
  return checkDefinitions(document, profileFor(profile));
}

/** What a receiver sends about the samples, or about the alert that takes their place. */
export function previewOf(
  document: ConfigDocument,
  receiver: number,
  { profile, sample, now }: PreviewQuestion,
  known: Known,
): readonly IntegrationPreview[] {
  const cases = sampleCases(sample ?? undefined, now);
  const options = { receiver, cases, now, ...optionsOf(known, profile) };
  return previewReceiver(document, profileFor(profile), options).integrations;
}

function optionsOf({ secrets, defaults: all }: Known, profile: string) {
  const defaults = all[profile];
  return { externalURL: EXTERNAL_URL, secrets, ...(defaults && defaults.length > 0 ? { defaults } : {}) };
}
