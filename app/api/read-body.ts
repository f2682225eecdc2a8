import { AppError } from "@/lib/errors";

/** Bodies of the API: the largest is a configuration with its templates. */
export const MAX_BODY = 4 * 1024 * 1024;

/** A tree of routes is two deep for each level; nobody has that many. */
const MAX_DEPTH = 512;

function tooLarge(most: number): AppError {
  const size = most >= 1024 * 1024 ? `${most / 1024 / 1024} MiB` : `${most / 1024} KiB`;
  return new AppError("too_large", `The body is larger than ${size}.`);
}

/** The body as text. What is announced as too large is not read, and what turns out to be is read no further. */
export async function readText(request: Request, most = MAX_BODY): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge(most);
  if (!request.body) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let read = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    read += part.value.byteLength;
    if (read > most) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(most);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** Whether objects and lists lie deeper in each other than any reader of ours wants to follow; before it is parsed. */
export function isTooDeep(json: string, most = MAX_DEPTH): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (inString) {
      if (sign === "\\") at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === "{" || sign === "[") {
      depth += 1;
      if (depth > most) return true;
    } else if (sign === "}" || sign === "]") depth -= 1;
  }
  return false;
}

/** The body as JSON; an empty one is `undefined`. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text === "") return undefined;
  if (isTooDeep(text)) throw new AppError("invalid_input", `The body is nested more than ${MAX_DEPTH} deep.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_input", "The body is not JSON.", {}, { cause });
  }
}

/** The body as the fields of a form; of a field that is there twice, the last. */
export async function readForm(request: Request): Promise<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(await readText(request)));
}
