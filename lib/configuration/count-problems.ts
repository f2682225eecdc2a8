import type { ConfigDocument, SecretFactsByRef, TargetProfile } from "@/lib/alertmanager";
import type { DefaultTemplates } from "@/lib/targets";
import { judgeDocument } from "./judge-document";

/** Milliseconds that people wait for a number. */
const PATIENCE = 300;

/**
 * For targets of all these profiles: what several of them find counts once, as an error when one of them calls it so.
 * Of a large document not all notifications may be looked at yet: they count the next time.
 */
export async function countProblems(
  document: Pick<ConfigDocument, "config" | "templates">,
  secrets: SecretFactsByRef,
  profiles: readonly TargetProfile[],
  templates: DefaultTemplates = new Map(),
): Promise<{ errors: number; warnings: number }> {
  const found = { error: new Set<string>(), warning: new Set<string>(), info: new Set<string>() };
  for (const profile of profiles) {
    const options = { budget: PATIENCE / profiles.length, defaults: templates.get(profile) };
    for (const { code, path, params, severity } of await judgeDocument(document, secrets, profile, options)) {
      found[severity].add(JSON.stringify([code, path, params]));
    }
  }
  return { errors: found.error.size, warnings: found.warning.difference(found.error).size };
}
