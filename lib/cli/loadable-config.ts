import { existsSync } from "node:fs";
import path from "node:path";
import { type Config, isRefusal, profileFor, type TargetProfile } from "@/lib/alertmanager";
import { printDiagnostics, readConfig, UsageError } from "./arguments";
import { filesBeside } from "./files-beside";

/** The configuration of a file; with what the target would not load nothing would happen. */
export function readLoadable(file: string, profile: TargetProfile): Config {
  if (file !== "-" && !existsSync(file))
    throw new UsageError(`There is no file ${file}; --config names the configuration.`);
  const files = file === "-" ? undefined : filesBeside(path.dirname(file), path.basename(file));
  const { config, diagnostics } = readConfig(file, profile, undefined, files);
  const refused = diagnostics.filter(isRefusal);
  if (config && refused.length === 0) return config;
  const said = printDiagnostics(file, config ? refused : diagnostics);
  throw new Error(`${said}${profile.id} would not load ${file}; nothing would be sent.`);
}

/** The profile that `--target` names. */
export function profileOf(target: string): TargetProfile {
  try {
    return profileFor(target);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
