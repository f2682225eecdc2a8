import { z } from "zod";
import type { PreviewChoice } from "./previewer";
import { alertSchema } from "./sample-text";

export const NO_CHOICE: PreviewChoice = { case: "one", profile: null, sample: null };

const schema = z.object({ case: z.string(), profile: z.string().nullable(), sample: alertSchema.nullable() });

function key(slug: string): string {
  return `signalbox.preview.${slug}`;
}

/** The sample may hold what is nobody else's business: it stays in this browser tab. */
export function chosenPreview(slug: string): PreviewChoice {
  try {
    const read = schema.safeParse(JSON.parse(sessionStorage.getItem(key(slug)) ?? "null"));
    return read.success ? read.data : NO_CHOICE;
  } catch {
    return NO_CHOICE;
  }
}

export function rememberPreview(slug: string, choice: PreviewChoice): void {
  try {
    sessionStorage.setItem(key(slug), JSON.stringify(choice));
  } catch {
    // Storage may be forbidden or full; the choice then lasts as long as the page.
  }
}
