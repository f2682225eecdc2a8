import type { Bytes } from "../go/bytes";
import { quoteBytes } from "../go/quote-bytes";
import {
  ANY,
  assignable,
  BOOL,
  bool,
  COMPLEX128,
  entriesOf,
  float,
  GoError,
  type GoFunction,
  type GoType,
  held,
  indirect,
  int,
  itemsOf,
  REFLECT_VALUE,
  STRING,
  string,
  type Typed,
  unwrapInterface,
  type Value,
  zeroOf,
} from "../go/value";
import { execError } from "./exec-error";
import type { Budget } from "./limits";
import {
  type ChainNode,
  type CommandNode,
  type FieldNode,
  type NumberNode,
  type Operand,
  type PipeNode,
  printNode,
  type TemplateTreeNode,
  type Tree,
  type VariableNode,
} from "./nodes";
import { looksLikeFloat } from "./number-node";
import { isTrue } from "./truth";

/** No final argument: unlike `null`, which is an argument that is nothing. */
export const MISSING = Symbol("missing");
type Final = Value | typeof MISSING;

export interface Variable {
  name: Bytes;
  value: Value;
}

/** Evaluates pipelines as Go's `text/template` with the option `missingkey=zero`. */
export class Evaluator {
  protected node: TemplateTreeNode;
  protected variables: Variable[] = [];

  constructor(
    protected tree: Tree,
    protected readonly functions: ReadonlyMap<Bytes, GoFunction>,
    protected readonly budget: Budget,
  ) {
    this.node = tree.root;
  }

  protected fail(message: Bytes): never {
    throw execError(message, this.tree, this.node);
  }

  protected evalPipeline(dot: Value, pipe: PipeNode): Value {
    this.node = pipe;
    let value: Final = MISSING;
    for (const command of pipe.commands) {
      value = this.evalCommand(dot, command, value);
      if (value?.type === ANY) value = unwrapInterface(value);
    }
    const result = value === MISSING ? null : value;
    for (const { path } of pipe.declared) {
      if (pipe.isAssign) this.setVariable(path[0]!, result);
      else this.variables.push({ name: path[0]!, value: result });
    }
    return result;
  }

  protected setVariable(name: Bytes, value: Value): void {
    const variable = this.variables.findLast((candidate) => candidate.name === name);
    if (!variable) this.fail(`undefined variable: ${name}`);
    variable.value = value;
  }

  private evalCommand(dot: Value, command: CommandNode, final: Final): Value {
    this.budget.spend();
    const { args } = command;
    const first = args[0]!;
    switch (first.kind) {
      case "field":
        return this.evalFieldNode(dot, first, args, final);
      case "chain":
        return this.evalChain(dot, first, args, final);
      case "identifier":
        return this.evalFunction(dot, first.name, first, command, args, final);
      case "pipe":
        this.refuseArguments(args, final);
        return this.evalPipeline(dot, first);
      case "variable":
        return this.evalVariable(dot, first, args, final);
    }
    this.node = first;
    this.refuseArguments(args, final);
    switch (first.kind) {
      case "bool":
        return bool(first.value);
      case "dot":
        return dot;
      case "nil":
        return this.fail("nil is not a command");
      case "number":
        return this.constant(first);
      case "string":
        return string(first.text);
    }
  }

  private refuseArguments(args: readonly Operand[] | null, final: Final): void {
    if ((args && args.length > 1) || final !== MISSING) {
      this.fail(`can't give argument to non-function ${args ? printNode(args[0]!) : "nil"}`);
    }
  }

  /** A constant without a type of its own, by how it is written. */
  private constant(node: NumberNode): Value {
    this.node = node;
    if (node.complex) return { type: COMPLEX128, data: node.complex };
    if (looksLikeFloat(node)) return float(node.float!);
    if (node.int !== null) return int(node.int);
    return this.fail(`${node.text} overflows int`);
  }

  private evalFieldNode(dot: Value, field: FieldNode, args: readonly Operand[] | null, final: Final): Value {
    this.node = field;
    return this.evalPath(dot, dot, field, field.path, args, final);
  }

  private evalChain(dot: Value, chain: ChainNode, args: readonly Operand[] | null, final: Final): Value {
    this.node = chain;
    if (chain.base.kind === "nil") this.fail(`indirection through explicit nil in ${printNode(chain)}`);
    const base = this.evalArgument(dot, null, chain.base);
    return this.evalPath(dot, base, chain, chain.path, args, final);
  }

  private evalVariable(dot: Value, variable: VariableNode, args: readonly Operand[] | null, final: Final): Value {
    this.node = variable;
    const [name, ...path] = variable.path as [Bytes, ...Bytes[]];
    const found = this.variables.findLast((candidate) => candidate.name === name);
    if (!found) this.fail(`undefined variable: ${name}`);
    if (path.length === 0) {
      this.refuseArguments(args, final);
      return found.value;
    }
    return this.evalPath(dot, found.value, variable, path, args, final);
  }

  private evalPath(
    dot: Value,
    start: Value,
    node: TemplateTreeNode,
    path: readonly Bytes[],
    args: readonly Operand[] | null,
    final: Final,
  ): Value {
    let receiver = start;
    for (const [index, name] of path.entries()) {
      const isLast = index === path.length - 1;
      receiver = this.evalField(dot, name, node, isLast ? args : null, isLast ? final : MISSING, receiver);
    }
    return receiver;
  }

  private evalFunction(
    dot: Value,
    name: Bytes,
    node: TemplateTreeNode,
    command: TemplateTreeNode,
    args: readonly Operand[] | null,
    final: Final,
  ): Value {
    this.node = node;
    const found = this.functions.get(name);
    if (!found) this.fail(`${quoteBytes(name)} is not a defined function`);
    return this.evalCall(dot, found, null, command, name, args, final);
  }

  /** A method or field of the receiver, or an entry of a map. */
  private evalField(
    dot: Value,
    name: Bytes,
    node: TemplateTreeNode,
    args: readonly Operand[] | null,
    final: Final,
    receiver: Value,
  ): Value {
    this.budget.spend();
    if (!receiver) return null;
    const { type } = receiver;
    const { value, isNil } = indirect(receiver);
    if (isNil && value?.type.kind === "interface") this.fail(`nil pointer evaluating ${type.name}.${name}`);
    const target = value!;
    const methods = target.type.methods;
    if (methods && Object.hasOwn(methods, name)) {
      return this.evalCall(dot, methods[name]!, target, node, name, args, final);
    }
    const hasArguments = (args !== null && args.length > 1) || final !== MISSING;
    if (target.type.kind === "struct") {
      const index = (target.type.fields ?? []).findIndex((field) => field.name === name);
      const field = target.type.fields?.[index];
      if (field && !field.exported) this.fail(`${name} is an unexported field of struct type ${type.name}`);
      if (field && hasArguments) this.fail(`${name} has arguments but cannot be invoked as function`);
      if (field) return held(field.type, itemsOf(target)[index] ?? null);
    } else if (target.type.kind === "map") {
      if (hasArguments) this.fail(`${name} is not a method but has arguments`);
      return held(target.type.elem!, entriesOf(target).get(name) ?? null);
    } else if (target.type.kind === "ptr" && isNil) this.fail(`nil pointer evaluating ${type.name}.${name}`);
    return this.fail(`can't evaluate field ${name} in type ${type.name}`);
  }

  private evalCall(
    dot: Value,
    callee: GoFunction,
    receiver: Typed | null,
    node: TemplateTreeNode,
    name: Bytes,
    allArgs: readonly Operand[] | null,
    final: Final,
  ): Value {
    // The first of them names what is called.
    const count = allArgs ? allArgs.length - 1 : 0;
    const hasFinal = final !== MISSING;
    const given = count + (hasFinal ? 1 : 0);
    const { params } = callee;
    const fixed = callee.variadic ? params.length - 1 : params.length;
    if (callee.variadic && given < fixed) {
      this.fail(`wrong number of args for ${name}: want at least ${fixed} got ${count}`);
    }
    if (!callee.variadic && given !== fixed) {
      this.fail(`wrong number of args for ${name}: want ${fixed} got ${given}`);
    }
    this.checkResults(name, callee);
    if (callee.name === "and" || callee.name === "or") {
      return this.shortCircuit(dot, callee.name, allArgs?.slice(1) ?? [], final);
    }
    const values: Value[] = [];
    if (receiver) values.push(receiver);
    for (let index = 0; index < given; index++) {
      const type = index < fixed ? params[index]! : params[fixed]!.elem!;
      const isFinal = index === count;
      const value = isFinal ? this.assign(final as Value, type) : this.evalArgument(dot, type, allArgs![index + 1]!);
      values.push(passed(type, value));
    }
    this.budget.spend();
    for (let index = receiver ? 1 : 0; index < values.length; index++) this.budget.size(values[index]!);
    if (callee.name === "call") {
      values.unshift(string(count > 0 ? printNode(allArgs![1]!) : shownValue(values[0] ?? null)));
    }
    try {
      const result = callee.call(values);
      if (result?.type.kind === "string") this.budget.made((result.data as Bytes).length);
      return result;
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      this.node = node;
      return this.fail(`error calling ${name}: ${error.text}`);
    }
  }

  private checkResults(name: Bytes, { results }: GoFunction): void {
    if (results.length === 1 || (results.length === 2 && results[1]!.name === "error")) return;
    if (results.length === 2) {
      this.fail(`invalid function signature for ${name}: second return value should be error; is ${results[1]!.name}`);
    }
    this.fail(`function ${name} has ${results.length} return values; should be 1 or 2`);
  }

  private shortCircuit(dot: Value, name: "and" | "or", args: readonly Operand[], final: Final): Value {
    let value: Value = null;
    for (const arg of args) {
      value = this.evalArgument(dot, REFLECT_VALUE, arg);
      if (isTrue(unwrapInterface(value)) === (name === "or")) return value;
    }
    return final === MISSING ? value : final;
  }

  /** Evaluates an argument and checks that it fits the parameter; `type` null takes anything. */
  private evalArgument(dot: Value, type: GoType | null, node: Operand): Value {
    this.budget.spend();
    this.node = node;
    switch (node.kind) {
      case "dot":
        return this.assign(dot, type);
      case "nil":
        if (type && !canBeNil(type)) this.fail(`cannot assign nil to ${type.name}`);
        return type && type !== REFLECT_VALUE && type !== ANY ? zeroOf(type) : null;
      case "field":
        return this.assign(this.evalFieldNode(dot, node, [node], MISSING), type);
      case "variable":
        return this.assign(this.evalVariable(dot, node, null, MISSING), type);
      case "pipe":
        return this.assign(this.evalPipeline(dot, node), type);
      case "identifier":
        return this.assign(this.evalFunction(dot, node.name, node, node, null, MISSING), type);
      case "chain":
        return this.assign(this.evalChain(dot, node, null, MISSING), type);
    }
    if (!type) return null;
    return this.literal(type, node);
  }

  private literal(type: GoType, node: Operand): Value {
    const shown = printNode(node);
    switch (type.kind) {
      case "bool":
        return node.kind === "bool" ? { type, data: node.value } : this.fail(`expected bool; found ${shown}`);
      case "string":
        return node.kind === "string" ? { type, data: node.text } : this.fail(`expected string; found ${shown}`);
      case "int":
        if (node.kind === "number" && node.int !== null) return { type, data: node.int };
        return this.fail(`expected integer; found ${shown}`);
      case "float":
        if (node.kind === "number" && node.float !== null) return { type, data: node.float };
        return this.fail(`expected float; found ${shown}`);
    }
    if (type !== ANY && type !== REFLECT_VALUE) return this.fail(`can't handle ${shown} for arg of type ${type.name}`);
    if (node.kind === "bool") return { type: BOOL, data: node.value };
    if (node.kind === "string") return { type: STRING, data: node.text };
    return node.kind === "number" ? this.constant(node) : null;
  }

  /** Go's check that a value can be passed as a type. */
  private assign(value: Value, type: GoType | null): Value {
    if (!value) {
      if (!type || type === REFLECT_VALUE || type === ANY) return null;
      if (canBeNil(type)) return zeroOf(type);
      return this.fail(`invalid value; expected ${type.name}`);
    }
    if (!type || type === REFLECT_VALUE || assignable(value.type, type)) return value;
    let candidate: Typed = value;
    if (value.type.kind === "interface" && value.data !== null) {
      candidate = unwrapInterface(value)!;
      if (assignable(candidate.type, type)) return candidate;
    }
    if (candidate.type.kind === "ptr" && candidate.type.elem && assignable(candidate.type.elem, type)) {
      return candidate.data === null
        ? this.fail(`dereference of nil pointer of type ${type.name}`)
        : (candidate.data as Typed);
    }
    return this.fail(`wrong type for value; expected ${type.name}; got ${candidate.type.name}`);
  }
}

/** A parameter of interface type receives what the value's interface holds. */
function passed(type: GoType, value: Value): Value {
  return type.kind === "interface" ? unwrapInterface(value) : value;
}

/** Go's `String` of a reflected value. */
function shownValue(value: Value): Bytes {
  if (!value) return "<invalid Value>";
  return value.type.kind === "string" ? (value.data as Bytes) : `<${value.type.name} Value>`;
}

function canBeNil(type: GoType): boolean {
  return type === REFLECT_VALUE || ["interface", "map", "ptr", "slice", "func"].includes(type.kind);
}
