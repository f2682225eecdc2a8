import {
  type ConfigDocument,
  type Diagnostic,
  type IntegrationPreview,
  profileFor,
  type SecretFactsByRef,
} from "@/lib/alertmanager";
import { checkNotifications, previewReceiver, sampleCases } from "@/lib/alertmanager/preview";
import type { PreviewQuestion } from "./worker-protocol";

/** What Alertmanager calls itself in links; nobody's real address. */
const EXTERNAL_URL = "https://alertmanager.example";

/** What goes wrong when a receiver notifies about the samples. */
export function lookAt(
  document: ConfigDocument,
  receiver: number,
  profile: string,
  secrets: SecretFactsByRef,
): readonly Diagnostic[] {
  return checkNotifications(document, profileFor(profile), { only: [receiver], secrets, externalURL: EXTERNAL_URL });
}

/** What a receiver sends about the samples, or about the alert that takes their place. */
export function previewOf(
  document: ConfigDocument,
  receiver: number,
  { profile, sample, now }: PreviewQuestion,
  secrets: SecretFactsByRef,
): readonly IntegrationPreview[] {
  const cases = sampleCases(sample ?? undefined, now);
  const options = { receiver, cases, externalURL: EXTERNAL_URL, secrets, now };
  return previewReceiver(document, profileFor(profile), options).integrations;
}
