import type { Config, Json, Path } from "@/lib/alertmanager/config/types";

/**
 * Where in the configuration a target's words point: what they quote, or the file they could not open, looked up among
 * the configuration's values. `null` unless exactly one place fits.
 */
export function locateWords(words: string, config: Config): Path | null {
  for (const phrase of phrasesOf(words)) {
    const all = pathsTo(config as Json, phrase);
    // `undefined receiver "x"` means the route that names it.
    const found = words.includes("undefined receiver") ? all.filter((path) => path.at(-1) === "receiver") : all;
    if (found.length === 1) return found[0]!;
  }
  return null;
}

function phrasesOf(words: string): string[] {
  const quoted = [...words.matchAll(/"((?:[^"\\]|\\.)+)"/g)].map(([, text = ""]) => text.replaceAll('\\"', '"'));
  const files = [...words.matchAll(/\b(?:open|stat|read|lstat) (\/[^:]+):/g)].map(([, file = ""]) => file);
  return [...quoted, ...files];
}

function pathsTo(value: Json, phrase: string, at: Path = []): Path[] {
  if (value === phrase) return [at];
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsTo(item, phrase, [...at, index]));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) => (key === "id" ? [] : pathsTo(item, phrase, [...at, key])));
}
