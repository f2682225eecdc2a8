import { type Flavour, markdownInline } from "./markdown-inline";
import type { Mark } from "./marks";

const FENCE = /^\s{0,3}(```|~~~)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;
const ITEM = /^\s*(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}> ?/;

/** Markdown as one provider reads it, block by block. */
export function markdown(text: string, flavour: Flavour): Mark[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const marks: Mark[] = [];
  for (let at = 0; at < lines.length; ) {
    const block = blockAt(lines, at, flavour);
    if (block.mark) marks.push(block.mark);
    at += block.lines;
  }
  return marks;
}

type Block = { mark: Mark | null; lines: number };

function blockAt(lines: readonly string[], at: number, flavour: Flavour): Block {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { mark: null, lines: 1 };
  const fence = flavour.code ? FENCE.exec(line)?.[1] : undefined;
  if (fence) return fenced(lines, at, fence);
  const heading = flavour.headings ? HEADING.exec(line) : null;
  if (heading) {
    const [, signs = "", title = ""] = heading;
    return { mark: { kind: "heading", level: signs.length, children: markdownInline(title, flavour) }, lines: 1 };
  }
  if (flavour.headings && RULE.test(line)) return { mark: { kind: "rule" }, lines: 1 };
  if (flavour.quotes && QUOTE.test(line)) {
    const own = taken(lines, at, (next) => QUOTE.test(next));
    const children = markdown(own.map((one) => one.replace(QUOTE, "")).join("\n"), { ...flavour, quotes: false });
    return { mark: { kind: "quote", children }, lines: own.length };
  }
  if (ITEM.test(line)) return list(lines, at, flavour);
  const own = taken(lines, at, (next, first) => first || !startsBlock(next, flavour));
  return { mark: { kind: "paragraph", children: markdownInline(own.join("\n").trim(), flavour) }, lines: own.length };
}

function startsBlock(line: string, flavour: Flavour): boolean {
  if (line.trim() === "" || ITEM.test(line)) return true;
  if (flavour.code && FENCE.test(line)) return true;
  if (flavour.headings && (HEADING.test(line) || RULE.test(line))) return true;
  return flavour.quotes && QUOTE.test(line);
}

function taken(
  lines: readonly string[],
  at: number,
  belongs: (line: string, first: boolean) => boolean,
): readonly string[] {
  let end = at;
  while (end < lines.length && belongs(lines[end] ?? "", end === at)) end++;
  return lines.slice(at, end);
}

/** A fence without an end reaches to the last line. */
function fenced(lines: readonly string[], at: number, fence: string): Block {
  const own = taken(lines, at + 1, (line) => !line.trimStart().startsWith(fence));
  return { mark: { kind: "pre", text: own.join("\n") }, lines: own.length + 2 };
}

/** Neighbouring items; lines without a sign go on with the item before. */
function list(lines: readonly string[], at: number, flavour: Flavour): Block {
  const own = taken(lines, at, (line) => ITEM.test(line) || !startsBlock(line, flavour));
  const items: string[] = [];
  for (const line of own) {
    const item = ITEM.exec(line);
    if (item) items.push(item[2] ?? "");
    else items[items.length - 1] += `\n${line.trim()}`;
  }
  const number = ITEM.exec(lines[at] ?? "")?.[1];
  const start = number === undefined ? null : Number(number);
  return {
    mark: { kind: "list", start, items: items.map((item) => markdownInline(item, flavour)) },
    lines: own.length,
  };
}
