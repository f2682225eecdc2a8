import { type ConfigDocument, type SecretFactsByRef, type TargetProfile, validateConfig } from "@/lib/alertmanager";

/** For targets of all these profiles: what several of them find counts once, as an error when one of them calls it so. */
export function countProblems(
  { config, templates }: Pick<ConfigDocument, "config" | "templates">,
  secrets: SecretFactsByRef,
  profiles: readonly TargetProfile[],
): { errors: number; warnings: number } {
  const found = { error: new Set<string>(), warning: new Set<string>(), info: new Set<string>() };
  for (const profile of profiles) {
    for (const { code, path, params, severity } of validateConfig(config, profile, { templates, secrets })) {
      found[severity].add(JSON.stringify([code, path, params]));
    }
  }
  return { errors: found.error.size, warnings: found.warning.difference(found.error).size };
}
