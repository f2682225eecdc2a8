import type { ConfigDocument, JsonObject, Path } from "../config/types";
import type { SourceRange } from "../validation/diagnostic";
import { rangeInSource } from "../yaml/locate";
import { printPairs, USUAL_STYLE } from "../yaml/print";
import { readSource } from "../yaml/source";
import { configHash } from "./config-hash";
import { decodeOnce } from "./decode-once";
import { inUsualOrder } from "./key-order";
import { patchSource } from "./patch-source";
import { stripIds } from "./strip-ids";

export interface RenderedText {
  yaml: string;
  hash: number;
  rangeOf(path: Path, part?: "key" | "value"): SourceRange | undefined;
}

/** The YAML of a document: its `source` with only the changed places rewritten, or a fresh print when there is none. */
export function renderConfig(document: Pick<ConfigDocument, "config" | "source">): RenderedText {
  const wanted = stripIds(document.config);
  const patched = document.source === null ? null : patchSource(document.source, wanted);
  const yaml = patched?.yaml ?? printConfig(wanted);
  let hash: number | undefined;
  return {
    yaml,
    get hash() {
      hash ??= configHash(yaml);
      return hash;
    },
    rangeOf: patched?.rangeOf ?? ((path, part) => rangeInSource(readSource(yaml), path, part)),
  };
}

/** A whole configuration without ids, in upstream's usual order. */
export function printConfig(config: JsonObject): string {
  const text = printPairs(inUsualOrder(config), 0, USUAL_STYLE);
  return text === "" ? "{}\n" : `${text}\n`;
}

/** What a text decodes to, without ids. */
export function decodePlain(text: string): JsonObject | null {
  return decodeOnce(readSource(text));
}
