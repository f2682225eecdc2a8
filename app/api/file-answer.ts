import { Readable } from "node:stream";

interface File {
  name: string;
  /** With its charset, where it is text. */
  type: string;
}

/** Letters, digits, dots, hyphens and underscores: nothing in a name ends the header, or leads to a folder. */
function safeName(name: string): string {
  const safe = name.replaceAll(/[^\w.-]+/g, "-").replace(/^[-.]+/, "");
  return safe.length > 100 ? safe.slice(-100).replace(/^[-.]+/, "") : safe || "file";
}

/** A browser keeps the body as a file of this name and never shows it as a page; kept by nobody else. */
export function fileHeaders({ name, type }: File): Record<string, string> {
  return {
    "content-type": type,
    "content-disposition": `attachment; filename="${safeName(name)}"`,
    "cache-control": "no-store",
  };
}

/** A file that is made while it is sent. */
export function fileOf(lines: AsyncIterable<string>, { name, type }: File): Response {
  const headers = fileHeaders({ name, type: `${type}; charset=utf-8` });
  return new Response(Readable.toWeb(Readable.from(bytesOf(lines))) as ReadableStream, { headers });
}

const encoder = new TextEncoder();

/** The body of an answer is bytes: text is refused when somebody reads it. */
async function* bytesOf(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield encoder.encode(line);
}

export const today = (): string => new Date().toISOString().slice(0, 10);
