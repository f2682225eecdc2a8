import type { Json } from "../config/types";
import type { SourceNode } from "../yaml/nodes";
import { printLiteral, printScalar, quoteDouble, type Style } from "../yaml/print";
import type { Source } from "../yaml/source";
import { isBlockScalar } from "./source-layout";
import { lineEnd, type TextEdit } from "./text-edits";

type Bare = null | boolean | number | string;

/** One scalar for another in its place, in the same kind of quotes when they can hold it. */
export function replaceScalar(
  source: Source,
  node: SourceNode,
  after: Bare,
  column: number,
  style: Style,
  flow: boolean,
): TextEdit {
  const { start, end } = node;
  const header = isBlockScalar(node) ? source.text.slice(start, lineEnd(source.text, start)) : "";
  const comment = / #.*$/.exec(header)?.[0] ?? "";
  const followed = source.text.slice(end, lineEnd(source.text, end)).trim() !== "";
  const space = start > 0 && /[:-]/.test(source.text[start - 1] ?? "") ? " " : "";
  const literal =
    typeof after === "string" &&
    !flow &&
    !followed &&
    !after.endsWith("\n\n") &&
    printLiteral(after, column + style.indent);
  if (literal) {
    const [first = "", ...lines] = literal.split("\n");
    return { start, end, text: space + [first + comment, ...lines].join("\n") };
  }
  return { start, end, text: space + inQuotes(node, after, flow) + comment };
}

function inQuotes(node: SourceNode, after: Json, flow: boolean): string {
  const value = after as Bare;
  const printed = printScalar(value, flow);
  if (typeof value !== "string" || node.kind !== "scalar") return printed;
  if (node.style === "double") return quoteDouble(value);
  const plain = !printed.startsWith("'") && !printed.startsWith('"');
  return node.style === "single" && plain ? `'${value.replaceAll("'", "''")}'` : printed;
}
