import { Readable } from "node:stream";

/** A file that is made while it is sent. */
export function fileOf(lines: AsyncIterable<string>, { name, type }: { name: string; type: string }): Response {
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
  };
  return new Response(Readable.toWeb(Readable.from(lines)) as ReadableStream, { headers });
}

export const today = (): string => new Date().toISOString().slice(0, 10);
