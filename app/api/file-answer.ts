import { Readable } from "node:stream";

/** A file that is made while it is sent. */
export function fileOf(lines: AsyncIterable<string>, { name, type }: { name: string; type: string }): Response {
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
  };
  return new Response(Readable.toWeb(Readable.from(bytesOf(lines))) as ReadableStream, { headers });
}

const encoder = new TextEncoder();

/** The body of an answer is bytes: text is refused when somebody reads it. */
async function* bytesOf(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield encoder.encode(line);
}

export const today = (): string => new Date().toISOString().slice(0, 10);
