import { marshalYaml } from "../../go/marshal-yaml";
import type { TargetProfile } from "../../profiles/profiles";
import { CONFIG_STRUCT } from "../structs";
import type { Config } from "../types";
import { resolveDirectories } from "./directories";
import { echoStruct } from "./echo";
import { loadConfig } from "./load-config";

/**
 * What `/api/v2/status` shows as `config.original` once the target has loaded the configuration: defaults filled in,
 * receivers completed from `global`, secrets as `<secret>`, printed as Go marshals it. `<DIR>` stands for the folder of
 * the configuration. Answers for a configuration that the target accepts; drafts with errors give what can be had.
 */
export function resolveConfig(config: Config, profile: TargetProfile): string {
  const loaded = loadConfig(config, profile);
  resolveDirectories(loaded);
  return marshalYaml(echoStruct(loaded, CONFIG_STRUCT, profile));
}
