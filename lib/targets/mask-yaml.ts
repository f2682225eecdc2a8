import { mapSecrets, parseConfig, renderConfig } from "@/lib/alertmanager";

/**
 * Printed anew from what was understood, so that a secret in a comment goes too. A text that is no configuration is not
 * shown at all: nobody could say where its secrets are.
 */
export function maskYaml(text: string): string | null {
  let next = 0;
  const { config } = parseConfig(text, { newId: () => `live-${++next}` });
  if (config === null) return null;
  return renderConfig({ config: mapSecrets(config, () => "<secret>"), source: null }).yaml;
}
