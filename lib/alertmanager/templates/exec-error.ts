import type { Bytes } from "../go/bytes";
import { quoteBytes } from "../go/quote-bytes";
import { printNode, type TemplateTreeNode, type Tree } from "./nodes";

/** An execution failed: Go's text, and the node at which it stood. */
export class ExecError extends Error {
  /** What had been written by then: whoever does not look for the error takes it for the output. */
  written: Bytes = "";

  constructor(
    readonly text: Bytes,
    readonly tree: Tree,
    readonly node: TemplateTreeNode,
  ) {
    super(text);
  }
}

/** `name:line:column` of a node, the column counted in bytes from 0, as Go's `ErrorContext`. */
export function locate(tree: Tree, at: number): string {
  const before = tree.source.slice(0, at);
  const newline = before.lastIndexOf("\n");
  return `${tree.parseName}:${before.split("\n").length}:${at - newline - 1}`;
}

export function execError(message: Bytes, tree: Tree, node: TemplateTreeNode): ExecError {
  const place = `${locate(tree, node.at)}: executing ${quoteBytes(tree.name)} at <${printNode(node)}>`;
  return new ExecError(`template: ${place}: ${message}`, tree, node);
}
