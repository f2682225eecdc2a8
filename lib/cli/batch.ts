import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { answer, BadRequest } from "./batch-operations";

const USAGE = `usage: signalbox batch

Reads one JSON request per line from stdin and answers each on a line of stdout, in order:
  {"id":1,"op":"config","yaml":"…"}   ops: config, resolve, render, hash, matchers, diff, template, routes, timeinterval,
                                      notifications, simulate
`;

/** More than any request needs; a line without end must not fill the memory. */
const MAX_LINE = 64 * 1024 * 1024;

export async function run(argv: string[]): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(USAGE);
    return 0;
  }
  // A reader that has gone away ends us quietly, as it does any filter.
  process.stdout.on("error", () => process.exit(0));
  await answerLines(process.stdin, process.stdout);
  return 0;
}

export async function answerLines(input: Readable, output: Writable): Promise<void> {
  const send = async (answers: string[]) => {
    if (answers.length > 0 && !output.write(answers.join(""))) await once(output, "drain");
  };
  let rest: Buffer[] = [];
  let length = 0;
  let skipping = false;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk as Buffer);
    const answers: string[] = [];
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      const line = Buffer.concat([...rest, bytes.subarray(start, end)]);
      if (!skipping) answers.push(answerLine(line.toString("utf8")));
      [rest, length, skipping, start] = [[], 0, false, end + 1];
      // What is ready goes out before the next slow line.
      if (answers.length >= 256) await send(answers.splice(0));
    }
    if (start < bytes.length && !skipping) {
      rest.push(bytes.subarray(start));
      length += bytes.length - start;
    }
    if (length > MAX_LINE) {
      answers.push(`${JSON.stringify({ id: null, ok: false, error: `the line is longer than ${MAX_LINE} bytes` })}\n`);
      [rest, length, skipping] = [[], 0, true];
    }
    await send(answers);
  }
  if (length > 0) await send([answerLine(Buffer.concat(rest).toString("utf8"))]);
}

/** One line in, one line out; nothing for a blank one. */
export function answerLine(line: string): string {
  if (line.trim() === "") return "";
  let id: unknown = null;
  try {
    const request: unknown = JSON.parse(line);
    if (request === null || typeof request !== "object" || Array.isArray(request))
      throw new BadRequest("a request is a JSON object");
    id = (request as { id?: unknown }).id ?? null;
    return `${JSON.stringify({ id, ...answer(request as Record<string, unknown>) })}\n`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `${JSON.stringify({ id, ok: false, error: error instanceof SyntaxError ? `not JSON: ${reason}` : reason })}\n`;
  }
}
