import type { Bytes } from "../go/bytes";
import { quoteBytes } from "../go/quote-bytes";
import { printed } from "../go/sprintf";
import {
  entriesOf,
  type GoFunction,
  held,
  indirect,
  int,
  itemsOf,
  sortedKeys,
  string,
  type Typed,
  unwrapInterface,
  type Value,
} from "../go/value";
import { Evaluator } from "./evaluate";
import { ExecError } from "./exec-error";
import { type Budget, GO_MAX_DEPTH, MAX_DEPTH } from "./limits";
import type { BranchNode, ListNode, PipeNode, Statement, TemplateNode, Tree } from "./nodes";
import { printNode } from "./nodes";
import { isTrue } from "./truth";

type Jump = "break" | "continue" | null;

/**
 * Executes a tree on data and returns its output.
 * @throws ExecError with Go's text, LimitError when the budget is spent.
 */
export function executeTree(
  tree: Tree,
  data: Value,
  lookup: (name: Bytes) => Tree | undefined,
  functions: ReadonlyMap<Bytes, GoFunction>,
  budget: Budget,
  go: number,
): Bytes {
  return new Executor(tree, functions, budget, lookup, go).run(data);
}

class Executor extends Evaluator {
  private readonly output: Bytes[] = [];
  private length = 0;
  private depth = 0;

  constructor(
    tree: Tree,
    functions: ReadonlyMap<Bytes, GoFunction>,
    budget: Budget,
    private readonly lookup: (name: Bytes) => Tree | undefined,
    private readonly go: number,
  ) {
    super(tree, functions, budget);
  }

  run(data: Value): Bytes {
    this.variables = [{ name: "$", value: data }];
    try {
      this.walkList(data, this.tree.root);
    } catch (error) {
      if (error instanceof ExecError) error.written = this.output.join("");
      throw error;
    }
    return this.output.join("");
  }

  private write(text: Bytes): void {
    this.length += text.length;
    this.budget.text(Math.max(this.length > this.budget.outputLimit ? this.length : text.length, 0));
    this.output.push(text);
  }

  private walkList(dot: Value, { nodes }: ListNode): Jump {
    for (const node of nodes) {
      const jump = this.walk(dot, node);
      if (jump) return jump;
    }
    return null;
  }

  private walk(dot: Value, node: Statement): Jump {
    this.budget.spend();
    this.node = node;
    switch (node.kind) {
      case "text":
        this.write(node.text);
        return null;
      case "action": {
        const value = this.evalPipeline(dot, node.pipe);
        if (node.pipe.declared.length === 0) this.print(node, value);
        return null;
      }
      case "if":
      case "with":
        return this.walkCondition(dot, node);
      case "range":
        return this.walkRange(dot, node);
      case "template":
        this.walkTemplate(dot, node);
        return null;
      default:
        return node.kind;
    }
  }

  private print(node: Statement, value: Value): void {
    this.node = node;
    const shown = value?.type.kind === "ptr" && value.type.elem ? indirect(value).value : value;
    if (!shown) {
      this.write("<no value>");
      return;
    }
    if (shown.type.kind === "func") this.fail(`can't print ${printNode(node)} of type ${shown.type.name}`);
    this.budget.size(shown);
    const text = printed(shown);
    this.budget.made(text.length);
    this.write(text);
  }

  private walkCondition(dot: Value, node: BranchNode): Jump {
    const mark = this.variables.length;
    const value = this.evalPipeline(dot, node.pipe);
    let jump: Jump = null;
    if (isTrue(unwrapInterface(value))) jump = this.walkList(node.kind === "with" ? value : dot, node.list);
    else if (node.elseList) jump = this.walkList(dot, node.elseList);
    this.variables.length = mark;
    return jump;
  }

  private walkRange(dot: Value, node: BranchNode): Jump {
    const mark = this.variables.length;
    const { value } = indirect(this.evalPipeline(dot, node.pipe));
    let jump: Jump = null;
    let ran = false;
    for (const [key, item] of this.iterate(node.pipe, value)) {
      ran = true;
      const inside = this.variables.length;
      this.setLoopVariables(node.pipe, key, item);
      this.budget.spend();
      const signal = this.walkList(item, node.list);
      this.variables.length = inside;
      if (signal === "break") break;
    }
    if (!ran && node.elseList) jump = this.walkList(dot, node.elseList);
    this.variables.length = mark;
    return jump;
  }

  private *iterate(pipe: PipeNode, value: Value): Generator<[key: Value, item: Value]> {
    if (!value) return;
    const { type } = value;
    if (type.kind === "slice") {
      for (const [index, item] of itemsOf(value).entries()) yield [int(index), held(type.elem!, item)];
    } else if (type.kind === "map") {
      for (const key of sortedKeys(value)) yield [string(key), held(type.elem!, entriesOf(value).get(key) ?? null)];
    } else if ((type.kind === "int" || type.kind === "uint") && this.go >= 22) {
      if (pipe.declared.length > 1) this.fail(`can't use ${printed(value)} to iterate over more than one variable`);
      for (let index = 0n; index < (value.data as bigint); index++) yield [null, { type, data: index }];
    } else {
      this.budget.size(value);
      this.fail(`range can't iterate over ${printed(value)}`);
    }
  }

  private setLoopVariables({ declared, isAssign }: PipeNode, key: Value, item: Value): void {
    const names = declared.map(({ path }) => path[0]!);
    const values = declared.length > 1 ? [key, item] : [item];
    for (const [index, name] of names.entries()) {
      if (isAssign) this.setVariable(name, values[index]!);
      // The pipeline has pushed them; the innermost is the last.
      else this.variables[this.variables.length - names.length + index]!.value = values[index]!;
    }
  }

  private walkTemplate(dot: Value, node: TemplateNode): void {
    const callee = this.lookup(node.name);
    if (!callee) this.fail(`template ${quoteBytes(node.name)} not defined`);
    if (this.depth === MAX_DEPTH) this.fail(`exceeded maximum template depth (${GO_MAX_DEPTH})`);
    const data = node.pipe ? this.evalPipeline(dot, node.pipe) : null;
    const saved = { tree: this.tree, node: this.node, variables: this.variables };
    this.tree = callee;
    this.variables = [{ name: "$", value: data }];
    this.depth++;
    this.walkList(data, callee.root);
    this.depth--;
    this.tree = saved.tree;
    this.node = saved.node;
    this.variables = saved.variables;
  }
}

/** What a pointer to data looks like in messages: notifications pass `*template.Data`, amtool passes `template.Data`. */
export function pointerTo(value: Typed): Typed {
  return {
    type: { kind: "ptr", name: `*${value.type.name}`, named: false, elem: value.type },
    data: value,
  };
}
