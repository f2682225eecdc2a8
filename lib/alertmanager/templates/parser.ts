import type { Bytes } from "../go/bytes";
import { quoteBytes } from "../go/quote-bytes";
import { NEWEST_GO } from "./go-release";
import { Lexer, type Token, type TokenKind } from "./lexer";
import {
  type BranchNode,
  type ChainNode,
  type CommandNode,
  isEmptyTree,
  type ListNode,
  type Operand,
  type PipeNode,
  printNode,
  type Statement,
  type TemplateNode,
  type Tree,
  type VariableNode,
} from "./nodes";
import { numberNode } from "./number-node";
import { type Shared, TokenStream } from "./token-stream";

/** What ends a list of nodes. */
interface Terminator {
  kind: "end" | "else";
}

function isTerminator(node: Statement | Terminator): node is Terminator {
  return node.kind === "end" || node.kind === "else";
}

/**
 * Parses one text and returns the templates in it: the definitions, then the text itself under its name.
 * @throws ParseError with Go's text.
 */
export function parseTrees(
  parseName: Bytes,
  source: Bytes,
  hasFunction: (name: Bytes) => boolean,
  go = NEWEST_GO,
): Map<Bytes, Tree> {
  const trees = new Map<Bytes, Tree>();
  new TreeParser(
    { parseName, source, hasFunction, go, trees, lexer: new Lexer(source, go), nesting: 0 },
    parseName,
  ).parseRoot();
  return trees;
}

class TreeParser extends TokenStream {
  private variables: Bytes[] = ["$"];
  private rangeDepth = 0;

  constructor(
    shared: Shared,
    private name: Bytes,
  ) {
    super(shared);
  }

  parseRoot(): void {
    const root: ListNode = { kind: "list", at: this.peek().at, nodes: [] };
    while (this.peek().kind !== "eof") {
      if (this.peek().kind === "open") {
        const open = this.next();
        if (this.nextSolid().kind === "define") {
          const parser = new TreeParser(this.shared, "definition");
          parser.definition();
          continue;
        }
        this.backup(open);
      }
      const node = this.textOrAction();
      if (isTerminator(node)) this.fail(`unexpected {{${node.kind}}}`);
      root.nodes.push(node);
    }
    this.add(root);
  }

  private definition(): void {
    const context = "define clause";
    this.name = this.unquote(this.expect(context, "string", "rawString"));
    this.expect(context, "close");
    this.add(this.listUntilEnd(context));
  }

  private listUntilEnd(context: string): ListNode {
    const { list, end } = this.itemList();
    if (end.kind !== "end") this.fail(`unexpected {{${end.kind}}} in ${context}`);
    return list;
  }

  private add(root: ListNode): void {
    const { trees, parseName, source } = this.shared;
    const known = trees.get(this.name);
    if (!known || isEmptyTree(known.root)) trees.set(this.name, { name: this.name, parseName, source, root });
    else if (!isEmptyTree(root)) this.fail(`template: multiple definition of template ${quoteBytes(this.name)}`);
  }

  private itemList(): { list: ListNode; end: Terminator } {
    return this.nest(() => {
      const list: ListNode = { kind: "list", at: this.peekSolid().at, nodes: [] };
      while (this.peekSolid().kind !== "eof") {
        const node = this.textOrAction();
        if (isTerminator(node)) return { list, end: node };
        list.nodes.push(node);
      }
      return this.fail("unexpected EOF");
    });
  }

  private textOrAction(): Statement | Terminator {
    const token = this.nextSolid();
    if (token.kind === "text") return { kind: "text", at: token.at, text: token.text };
    if (token.kind !== "open") this.unexpected(token, "input");
    this.actionLine = token.line;
    const node = this.action();
    this.actionLine = 0;
    return node;
  }

  private action(): Statement | Terminator {
    const token = this.nextSolid();
    switch (token.kind) {
      case "block":
        return this.block();
      case "break":
      case "continue":
        return this.jump(token, token.kind);
      case "else": {
        const peeked = this.peekSolid();
        const chains = peeked.kind === "if" || (peeked.kind === "with" && this.shared.go >= 23);
        if (!chains) this.expect("else", "close");
        return { kind: "else" };
      }
      case "end":
        this.expect("end", "close");
        return { kind: "end" };
      case "if":
      case "range":
      case "with":
        return this.branch(token.kind);
      case "template":
        return this.templateCall();
    }
    this.backup();
    const first = this.peek();
    return { kind: "action", at: first.at, line: first.line, pipe: this.pipeline("command", "close") };
  }

  private jump(token: Token, kind: "break" | "continue"): Statement {
    const close = this.nextSolid();
    if (close.kind !== "close") this.unexpected(close, `{{${kind}}}`);
    if (this.rangeDepth === 0) this.fail(`{{${kind}}} outside {{range}}`);
    return { kind, at: token.at, line: token.line };
  }

  private branch(kind: "if" | "range" | "with"): BranchNode {
    const variables = this.variables.length;
    const pipe = this.pipeline(kind, "close");
    if (kind === "range") this.rangeDepth++;
    const { list, end } = this.itemList();
    if (kind === "range") this.rangeDepth--;
    let elseList: ListNode | null = null;
    if (end.kind === "else") {
      // What stood behind `else` was only looked at.
      if ((kind === "if" || kind === "with") && this.peek().kind === kind) {
        const at = this.next().at;
        elseList = { kind: "list", at, nodes: [this.nest(() => this.branch(kind))] };
      } else {
        const otherwise = this.itemList();
        if (otherwise.end.kind !== "end") this.fail("expected end; found {{else}}");
        elseList = otherwise.list;
      }
    }
    this.variables.length = variables;
    return { kind, at: pipe.at, line: pipe.line, pipe, list, elseList };
  }

  private templateName(token: Token, context: string): Bytes {
    if (token.kind !== "string" && token.kind !== "rawString") this.unexpected(token, context);
    return this.unquote(token);
  }

  private templateCall(): TemplateNode {
    const context = "template clause";
    const token = this.nextSolid();
    const name = this.templateName(token, context);
    let pipe: PipeNode | null = null;
    if (this.nextSolid().kind !== "close") {
      this.backup();
      pipe = this.pipeline(context, "close");
    }
    return { kind: "template", at: token.at, line: token.line, name, pipe };
  }

  private block(): TemplateNode {
    const context = "block clause";
    const token = this.nextSolid();
    const name = this.templateName(token, context);
    const pipe = this.pipeline(context, "close");
    const parser = new TreeParser(this.shared, name);
    parser.add(parser.listUntilEnd(context));
    return { kind: "template", at: token.at, line: token.line, name, pipe };
  }

  private pipeline(context: string, end: TokenKind): PipeNode {
    return this.nest(() => {
      const first = this.peekSolid();
      const pipe: PipeNode = {
        kind: "pipe",
        at: first.at,
        line: first.line,
        isAssign: false,
        declared: [],
        commands: [],
      };
      while (this.declaration(pipe, context));
      for (;;) {
        const token = this.nextSolid();
        if (token.kind === end) break;
        if (!STARTS_COMMAND.has(token.kind)) this.unexpected(token, context);
        this.backup();
        pipe.commands.push(this.command());
      }
      this.checkPipeline(pipe, context);
      return pipe;
    });
  }

  /** Reads `$x :=`, `$x =` or `$x,`; true when another variable may follow. */
  private declaration(pipe: PipeNode, context: string): boolean {
    const variable = this.peekSolid();
    if (variable.kind !== "variable") return false;
    this.next();
    const adjacent = this.peek();
    const next = this.peekSolid();
    const isComma = next.kind === "char" && next.text === ",";
    if (next.kind === "assign" || next.kind === "declare" || isComma) {
      if (!isComma) pipe.isAssign = next.kind === "assign";
      this.nextSolid();
      pipe.declared.push(variableNode(variable.at, variable.text));
      this.variables.push(variable.text);
      if (!isComma) return false;
      if (context === "range" && pipe.declared.length < 2) {
        const { kind } = this.peekSolid();
        if (kind === "variable" || kind === "close" || kind === "rightParen") return true;
        this.fail("range can only initialize variables");
      }
      this.fail(`too many declarations in ${context}`);
    }
    if (adjacent.kind === "space") this.backup(variable, adjacent);
    else this.backup(variable);
    return false;
  }

  private checkPipeline({ commands }: PipeNode, context: string): void {
    if (commands.length === 0) this.fail(`missing value for ${context}`);
    for (const [index, { args }] of commands.slice(1).entries()) {
      const { kind } = args[0]!;
      if (kind === "bool" || kind === "dot" || kind === "nil" || kind === "number" || kind === "string") {
        this.fail(`non executable command in pipeline stage ${index + 2}`);
      }
    }
  }

  private command(): CommandNode {
    const command: CommandNode = { kind: "command", at: this.peekSolid().at, args: [] };
    for (;;) {
      this.peekSolid();
      const operand = this.operand();
      if (operand) command.args.push(operand);
      const token = this.next();
      if (token.kind === "space") continue;
      if (token.kind === "close" || token.kind === "rightParen") this.backup();
      else if (token.kind !== "pipe") this.unexpected(token, "operand");
      break;
    }
    if (command.args.length === 0) this.fail("empty command");
    return command;
  }

  private operand(): Operand | null {
    const node = this.term();
    if (!node) return null;
    if (this.peek().kind !== "field") return node;
    const chain: ChainNode = { kind: "chain", at: this.peek().at, base: node, path: [] };
    while (this.peek().kind === "field") chain.path.push(this.next().text.slice(1));
    switch (node.kind) {
      case "field":
        return { ...node, at: chain.at, path: [...node.path, ...chain.path] };
      case "variable":
        return { ...node, at: chain.at, path: [...node.path, ...chain.path] };
      case "bool":
      case "string":
      case "number":
      case "nil":
      case "dot":
        return this.fail(`unexpected . after term ${quoteBytes(printNode(node))}`);
      default:
        return chain;
    }
  }

  private term(): Operand | null {
    const token = this.nextSolid();
    const { at, text } = token;
    switch (token.kind) {
      case "identifier":
        if (!this.shared.hasFunction(text)) this.fail(`function ${quoteBytes(text)} not defined`);
        return { kind: "identifier", at, name: text };
      case "dot":
      case "nil":
        return { kind: token.kind, at };
      case "variable":
        if (!this.variables.includes(text)) this.fail(`undefined variable ${quoteBytes(text)}`);
        return variableNode(at, text);
      case "field":
        return { kind: "field", at, path: [text.slice(1)] };
      case "bool":
        return { kind: "bool", at, value: text === "true" };
      case "charConstant":
      case "complex":
      case "number": {
        const number = numberNode(token);
        return typeof number === "string" ? this.fail(number) : number;
      }
      case "leftParen":
        return this.pipeline("parenthesized pipeline", "rightParen");
      case "string":
      case "rawString":
        return { kind: "string", at, quoted: text, text: this.unquote(token) };
    }
    this.backup();
    return null;
  }
}

const STARTS_COMMAND = new Set<TokenKind>([
  ...(["bool", "charConstant", "complex", "dot", "field", "identifier"] as const),
  ...(["number", "nil", "rawString", "string", "variable", "leftParen"] as const),
]);

function variableNode(at: number, text: Bytes): VariableNode {
  return { kind: "variable", at, path: text.split(".") };
}
