import type { Config, TimeInterval } from "@/lib/alertmanager";
import { replaceTimeInterval } from "../editor/route-uses";

const SECTIONS = ["time_intervals", "mute_time_intervals"] as const;
export type Section = (typeof SECTIONS)[number];

/** Names of both lists; Alertmanager reads them as one. */
export function namesOf(config: Config): string[] {
  return SECTIONS.flatMap((section) => (config[section] ?? []).map(({ name }) => name));
}

/** `weekends`, `weekends-2`, …: the first name that is free. */
export function freeName(config: Config, wish: string): string {
  const taken = new Set(namesOf(config));
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number++) if (!taken.has(`${wish}-${number}`)) return `${wish}-${number}`;
}

function withEntries(config: Config, section: Section, entries: TimeInterval[]): Config {
  const { [section]: _before, ...rest } = config;
  return entries.length > 0 ? { ...config, [section]: entries } : rest;
}

/** A time interval is known by its name: routes that say the old one follow, unless another one has it too. */
export function renameTimeInterval(config: Config, section: Section, index: number, name: string): Config {
  const entries = config[section] ?? [];
  const before = entries[index];
  if (!before || before.name === name) return config;
  const renamed = withEntries(config, section, entries.with(index, { ...before, name }));
  return namesOf(renamed).includes(before.name) ? renamed : replaceTimeInterval(renamed, before.name, name);
}

/** `replacement` takes its place in the routes; `null` takes it out of them. */
export function removeTimeInterval(
  config: Config,
  section: Section,
  index: number,
  replacement: string | null,
): Config {
  const entries = config[section] ?? [];
  const name = entries[index]?.name;
  if (name === undefined) return config;
  const without = withEntries(config, section, entries.toSpliced(index, 1));
  return namesOf(without).includes(name) ? without : replaceTimeInterval(without, name, replacement);
}
