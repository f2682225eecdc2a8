import type { Bytes } from "../go/bytes";
import { quoteBytes } from "../go/quote-bytes";
import type { Complex } from "../go/value";

interface Placed {
  /** Byte offset in the text of the tree, where Go reports errors. */
  at: number;
}
export interface TextNode extends Placed {
  kind: "text";
  text: Bytes;
}
export interface ActionNode extends Placed {
  kind: "action";
  pipe: PipeNode;
  line: number;
}
export interface PipeNode extends Placed {
  kind: "pipe";
  isAssign: boolean;
  declared: VariableNode[];
  commands: CommandNode[];
  line: number;
}
export interface CommandNode extends Placed {
  kind: "command";
  args: Operand[];
}
export interface IdentifierNode extends Placed {
  kind: "identifier";
  name: Bytes;
}
export interface VariableNode extends Placed {
  kind: "variable";
  /** `$x`, then its fields. */
  path: Bytes[];
}
export interface DotNode extends Placed {
  kind: "dot";
}
export interface NilNode extends Placed {
  kind: "nil";
}
export interface FieldNode extends Placed {
  kind: "field";
  path: Bytes[];
}
export interface ChainNode extends Placed {
  kind: "chain";
  base: Operand;
  path: Bytes[];
}
export interface BoolNode extends Placed {
  kind: "bool";
  value: boolean;
}
export interface StringNode extends Placed {
  kind: "string";
  quoted: Bytes;
  text: Bytes;
}
export interface NumberNode extends Placed {
  kind: "number";
  text: Bytes;
  int: bigint | null;
  uint: bigint | null;
  float: number | null;
  complex: Complex | null;
  isChar: boolean;
}
export interface BranchNode extends Placed {
  kind: "if" | "range" | "with";
  pipe: PipeNode;
  list: ListNode;
  elseList: ListNode | null;
  line: number;
}
export interface TemplateNode extends Placed {
  kind: "template";
  name: Bytes;
  pipe: PipeNode | null;
  line: number;
}
export interface JumpNode extends Placed {
  kind: "break" | "continue";
  line: number;
}
export interface ListNode extends Placed {
  kind: "list";
  nodes: Statement[];
}

export type Operand =
  | IdentifierNode
  | VariableNode
  | DotNode
  | NilNode
  | FieldNode
  | ChainNode
  | BoolNode
  | StringNode
  | NumberNode
  | PipeNode;
export type Statement = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode;
export type TemplateTreeNode = Statement | Operand | CommandNode | ListNode;

/** One named template; `parseName` and `source` are those of the file that defines it. */
export interface Tree {
  name: Bytes;
  parseName: Bytes;
  source: Bytes;
  root: ListNode;
}

/** A node as Go writes it in its messages. */
export function printNode(node: TemplateTreeNode): Bytes {
  switch (node.kind) {
    case "text":
      return node.text;
    case "action":
      return `{{${printNode(node.pipe)}}}`;
    case "pipe": {
      const declared = node.declared.length
        ? `${node.declared.map(printNode).join(", ")} ${node.isAssign ? "=" : ":="} `
        : "";
      return declared + node.commands.map(printNode).join(" | ");
    }
    case "command":
      return node.args.map(printOperand).join(" ");
    case "identifier":
      return node.name;
    case "variable":
      return node.path.join(".");
    case "dot":
      return ".";
    case "nil":
      return "nil";
    case "field":
      return node.path.map((name) => `.${name}`).join("");
    case "chain":
      return printOperand(node.base) + node.path.map((name) => `.${name}`).join("");
    case "bool":
      return String(node.value);
    case "string":
      return node.quoted;
    case "number":
      return node.text;
    case "if":
    case "range":
    case "with": {
      const otherwise = node.elseList ? `{{else}}${printNode(node.elseList)}` : "";
      return `{{${node.kind} ${printNode(node.pipe)}}}${printNode(node.list)}${otherwise}{{end}}`;
    }
    case "template":
      return `{{template ${quoteBytes(node.name)}${node.pipe ? ` ${printNode(node.pipe)}` : ""}}}`;
    case "break":
    case "continue":
      return `{{${node.kind}}}`;
    case "list":
      return node.nodes.map(printNode).join("");
  }
}

function printOperand(node: Operand): Bytes {
  return node.kind === "pipe" ? `(${printNode(node)})` : printNode(node);
}

/** Whether nothing but blanks, comments and definitions stand in it; such a tree never replaces another one. */
export function isEmptyTree(node: ListNode): boolean {
  return node.nodes.every((child) => child.kind === "text" && /^[\s]*$/.test(child.text));
}
