import type { Bytes } from "../../go/bytes";
import { quoteBytes } from "../../go/quote-bytes";
import { locate } from "../exec-error";
import type { Budget } from "../limits";
import {
  type ActionNode,
  type BranchNode,
  type CommandNode,
  type ListNode,
  type PipeNode,
  printNode,
  type Statement,
  type TemplateNode,
  type TextNode,
  type Tree,
} from "../nodes";
import { type Context, failed, isComment, mangle, nudge, printContext, sameContext, TEXT_CONTEXT } from "./context";
import { escapeText } from "./escape-text";

/** html/template refuses a template; `text` is what Go prints. */
export class EscapeError extends Error {
  constructor(
    readonly text: Bytes,
    readonly place: { tree: Tree; at: number; line: number } | null,
  ) {
    super(text);
  }
}

/**
 * The trees that a template needs, with the escapers in their pipelines: html/template's contextual auto-escaping.
 * @throws EscapeError with Go's text.
 */
export function escapeTrees(
  name: Bytes,
  lookup: (name: Bytes) => Tree | undefined,
  budget: Budget,
  go: number,
): Map<Bytes, Tree> {
  const work = new EscapeWork(lookup, budget, go);
  const end = new TreeEscaper(work, null).escapeTree(TEXT_CONTEXT, null, name);
  if (end.context.state === "Error") throw escapeError(end.context, name);
  if (end.context.state !== "Text") {
    const context = printContext(end.context, go);
    const prefix = name === "" ? "html/template: " : `html/template:${name}: `;
    throw new EscapeError(`${prefix}ends in a non-text context: ${context}`, null);
  }
  return work.commit();
}

function escapeError({ problem }: Context, name: Bytes): EscapeError {
  const { description, node, tree, line } = problem!;
  if (node && tree) {
    const place = { tree, at: node.at, line: tree.source.slice(0, node.at).split("\n").length };
    return new EscapeError(`html/template:${locate(tree, node.at)}: ${description}`, place);
  }
  if (line !== 0) return new EscapeError(`html/template:${name}:${line}: ${description}`, null);
  return new EscapeError(`html/template:${name === "" ? "" : `${name}:`} ${description}`, null);
}

/** Copies of the trees, each for one context, and the edits that will be made to them. */
class EscapeWork {
  readonly copies = new Map<Bytes, Tree>();

  constructor(
    readonly lookup: (name: Bytes) => Tree | undefined,
    readonly budget: Budget,
    readonly go: number,
  ) {}

  readonly pipes = new Map<ActionNode, readonly string[]>();
  readonly calls = new Map<TemplateNode, Bytes>();
  readonly texts = new Map<TextNode, Bytes>();

  copy(name: Bytes, mangled: Bytes): Tree | null {
    const known = this.copies.get(mangled);
    if (known) return known;
    const tree = this.lookup(name);
    if (!tree) return null;
    const copy = { ...tree, name: mangled, root: copyList(tree.root) };
    this.copies.set(mangled, copy);
    return copy;
  }

  commit(): Map<Bytes, Tree> {
    for (const [action, escapers] of this.pipes) action.pipe = withEscapers(action.pipe, escapers);
    for (const [call, name] of this.calls) call.name = name;
    for (const [node, text] of this.texts) node.text = text;
    return this.copies;
  }
}

function copyList(list: ListNode): ListNode {
  return { ...list, nodes: list.nodes.map(copyStatement) };
}

function copyStatement(node: Statement): Statement {
  if (node.kind !== "if" && node.kind !== "range" && node.kind !== "with") return { ...node };
  return { ...node, list: copyList(node.list), elseList: node.elseList && copyList(node.elseList) };
}

interface Loop {
  outer: Loop | null;
  breaks: Context[];
  continues: Context[];
}

/** One attempt: its edits count only when its assumptions turn out right. */
class TreeEscaper {
  private readonly outputs: Map<Bytes, Context>;
  private readonly called = new Set<Bytes>();
  private readonly pipes = new Map<ActionNode, readonly string[]>();
  private readonly calls = new Map<TemplateNode, Bytes>();
  private readonly texts = new Map<TextNode, Bytes>();
  private loop: Loop | null;
  private tree: Tree | null = null;

  constructor(
    private readonly work: EscapeWork,
    parent: TreeEscaper | null,
  ) {
    this.outputs = new Map(parent?.outputs);
    this.loop = parent?.loop ?? null;
    this.tree = parent?.tree ?? null;
  }

  /** Escapes a template as it is called in a context; answers the context behind it and its name there. */
  escapeTree(context: Context, node: TemplateNode | null, name: Bytes): { context: Context; name: Bytes } {
    const mangled = mangle(context, name);
    this.called.add(mangled);
    const known = this.outputs.get(mangled);
    if (known) return { context: known, name: mangled };
    const tree = this.work.copy(name, mangled);
    if (!tree) {
      const problem = failed(`no such template ${quoteBytes(name)}`, { node, tree: this.tree, line: node?.line ?? 0 });
      return { context: problem, name: mangled };
    }
    return { context: this.outputOf(context, tree), name: mangled };
  }

  private outputOf(context: Context, tree: Tree): Context {
    const caller = this.tree;
    this.tree = tree;
    let attempt = this.escapeBody(context, tree);
    if (!attempt.ok) {
      const second = this.escapeBody(attempt.context, tree);
      if (second.ok) attempt = second;
    }
    this.tree = caller;
    this.flush(caller === null);
    if (attempt.ok || attempt.context.state === "Error") return attempt.context;
    return failed(`cannot compute output context for template ${tree.name}`, { node: tree.root, tree });
  }

  /** A recursive template must end in the context that is assumed for it. */
  private escapeBody(assumed: Context, tree: Tree): { context: Context; ok: boolean } {
    this.outputs.set(tree.name, assumed);
    this.work.budget.spend(50 + this.outputs.size);
    const attempt = new TreeEscaper(this.work, this);
    const context = attempt.escapeList(assumed, tree.root);
    const ok = context.state !== "Error" && (!attempt.called.has(tree.name) || sameContext(assumed, context));
    if (ok) this.adopt(attempt);
    return { context, ok };
  }

  private adopt(attempt: TreeEscaper): void {
    for (const [name, context] of attempt.outputs) this.outputs.set(name, context);
    for (const name of attempt.called) this.called.add(name);
    for (const [node, escapers] of attempt.pipes) this.pipes.set(node, escapers);
    for (const [node, name] of attempt.calls) this.calls.set(node, name);
    for (const [node, text] of attempt.texts) this.texts.set(node, text);
  }

  private flush(isRoot: boolean): void {
    if (!isRoot) return;
    for (const [node, escapers] of this.pipes) this.work.pipes.set(node, escapers);
    for (const [node, name] of this.calls) this.work.calls.set(node, name);
    for (const [node, text] of this.texts) this.work.texts.set(node, text);
  }

  private escapeList(start: Context, list: ListNode | null): Context {
    let context = start;
    for (const node of list?.nodes ?? []) {
      this.work.budget.spend();
      context = this.escape(context, node);
      if (context.state === "Dead") break;
    }
    return context;
  }

  private escape(context: Context, node: Statement): Context {
    switch (node.kind) {
      case "action":
        return this.escapeAction(context, node);
      case "text": {
        this.work.budget.spend(1 + (node.text.length >> 6));
        const { context: after, replaced } = escapeText(context, node.text, this.work.go);
        if (replaced !== null) this.texts.set(node, replaced);
        return after;
      }
      case "template": {
        const end = this.escapeTree(context, node, node.name);
        if (end.name !== node.name) this.calls.set(node, end.name);
        return end.context;
      }
      case "break":
        this.loop?.breaks.push({ ...context, jump: node });
        return { ...TEXT_CONTEXT, state: "Dead" };
      case "continue":
        this.loop?.continues.push({ ...context, jump: node });
        return { ...TEXT_CONTEXT, state: "Dead" };
      default:
        return this.escapeBranch(context, node);
    }
  }

  private escapeBranch(context: Context, node: BranchNode): Context {
    const isRange = node.kind === "range";
    if (isRange) this.loop = { outer: this.loop, breaks: [], continues: [] };
    let body = this.escapeList(context, node.list);
    if (isRange) {
      body = this.leaveLoop(body);
      if (body.state === "Error") return body;
      // What the loop leaves must suit its own beginning. Loops in loops double this work.
      this.work.budget.spend(20);
      const again = new TreeEscaper(this.work, this);
      again.loop = { outer: this.loop, breaks: [], continues: [] };
      const second = again.escapeList(body, node.list);
      body = this.join(body, second, node, node.kind);
      if (body.state === "Error") {
        addTo(body, "on range loop re-entry", node.line);
        return body;
      }
      body = again.leaveLoop(body);
      if (body.state === "Error") return body;
    }
    return this.join(body, this.escapeList(context, node.elseList), node, node.kind);
  }

  private leaveLoop(end: Context): Context {
    const loop = this.loop!;
    this.loop = loop.outer;
    if (end.state === "Error") return end;
    let context = end;
    for (const [kind, exits] of [["break", loop.breaks] as const, ["continue", loop.continues] as const]) {
      for (const exit of exits) {
        context = this.join(context, exit, exit.jump!, "range");
        if (context.state !== "Error") continue;
        addTo(context, `at range loop ${kind}`, exit.jump!.line);
        return context;
      }
    }
    return context;
  }

  private join(left: Context, right: Context, node: Statement, name: string): Context {
    if (left.state === "Error" || right.state === "Dead") return left;
    if (right.state === "Error" || left.state === "Dead") return right;
    if (sameContext(left, right)) return left;
    if (sameContext({ ...left, urlPart: right.urlPart }, right)) return { ...left, urlPart: "Unknown" };
    if (sameContext({ ...left, jsCtx: right.jsCtx }, right)) return { ...left, jsCtx: "Unknown" };
    const [nudgedLeft, nudgedRight] = [nudge(left), nudge(right)];
    if (nudgedLeft !== left || nudgedRight !== right) {
      const joined = this.join(nudgedLeft, nudgedRight, node, name);
      if (joined.state !== "Error") return joined;
    }
    const { go } = this.work;
    const contexts = `${printContext(left, go)}, ${printContext(right, go)}`;
    return failed(`{{${name}}} branches end in different contexts: ${contexts}`, { node, tree: this.tree });
  }

  private escapeAction(start: Context, node: ActionNode): Context {
    if (node.pipe.declared.length > 0) return start;
    const context = nudge(start);
    const { commands } = node.pipe;
    for (const [index, { args }] of commands.entries()) {
      const first = args[0]!;
      if (first.kind !== "identifier" || !PREDEFINED.has(first.name)) continue;
      const unquoted = context.state === "Attr" && context.delim === "SpaceOrTagEnd" && first.name === "html";
      if (index < commands.length - 1 || unquoted) {
        const description = `predefined escaper ${quoteBytes(first.name)} disallowed in template`;
        return failed(description, { node, tree: this.tree, line: node.line });
      }
    }
    if (context.state === "Error") return context;
    const escapers = escapersFor(context);
    if (context.state === "JSTmplLit" && this.work.go < 23) {
      const description = `${printNode(node)} appears in a JS template literal`;
      return failed(description, { node, tree: this.tree, line: node.line });
    }
    if (escapers === null) {
      const description = `${printNode(node)} appears in an ambiguous context within a URL`;
      return failed(description, { node, tree: this.tree, line: node.line });
    }
    if (context.delim === "SpaceOrTagEnd") escapers.push("nospaceescaper");
    else if (context.delim !== "None") escapers.push("attrescaper");
    this.pipes.set(
      node,
      escapers.map((name) => `_html_template_${name}`),
    );
    if (context.state === "JS") return { ...context, jsCtx: "DivOp" };
    return context.state === "Tag" ? { ...context, state: "AttrName" } : context;
  }
}

function addTo({ problem }: Context, words: string, line: number): void {
  problem!.description = `${words}: ${problem!.description}`;
  problem!.line = line;
}

const PREDEFINED = new Set<string>(["html", "urlquery"]);
const SIMPLE: Partial<Record<Context["state"], string>> = {
  ...{ MetaContentURL: "urlfilter", JS: "jsvalescaper", JSDqStr: "jsstrescaper", JSSqStr: "jsstrescaper" },
  ...{ JSTmplLit: "jstmpllitescaper", JSRegexp: "jsregexpescaper", CSS: "cssvaluefilter", Text: "htmlescaper" },
  ...{ RCDATA: "rcdataescaper", AttrName: "htmlnamefilter", Tag: "htmlnamefilter", Srcset: "srcsetescaper" },
};

/** The escapers that a context needs; null where it cannot be told which part of a URL it is. */
function escapersFor({ state, urlPart }: Context): string[] | null {
  if (state === "URL" || (state.startsWith("CSS") && /URL|Str/.test(state))) {
    if (urlPart === "Unknown") return null;
    if (urlPart === "QueryOrFrag") return ["urlescaper"];
    const last = state === "CSSDqStr" || state === "CSSSqStr" ? "cssescaper" : "urlnormalizer";
    return urlPart === "None" ? ["urlfilter", last] : [last];
  }
  if (isComment(state)) return ["commentescaper"];
  const simple = SIMPLE[state];
  return simple ? [simple] : [];
}

const EQUIVALENT: Record<string, string> = {
  _html_template_attrescaper: "html",
  _html_template_htmlescaper: "html",
  _html_template_rcdataescaper: "html",
  _html_template_urlescaper: "urlquery",
  _html_template_urlnormalizer: "urlquery",
};
const normal = (name: string) => EQUIVALENT[name] ?? name;

function call(name: string, at: number): CommandNode {
  return { kind: "command", at, args: [{ kind: "identifier", at, name }] };
}

/** Puts escapers at the end of a pipeline; `html` or `urlquery` at its end stands for an equal one. */
function withEscapers(pipe: PipeNode, escapers: readonly string[]): PipeNode {
  if (escapers.length === 0) return pipe;
  const commands = [...pipe.commands];
  let wanted = [...escapers];
  const last = commands.at(-1);
  const first = last?.args[0];
  if (last && first?.kind === "identifier" && PREDEFINED.has(first.name)) {
    if (commands.length === 1 && last.args.length > 1) {
      commands[0] = { ...last, args: [{ ...first, name: "_eval_args_" }, ...last.args.slice(1)] };
      commands.push(call(first.name, pipe.at));
    }
    if (wanted.some((name) => normal(name) === normal(first.name))) {
      wanted = wanted.map((name) => (normal(name) === normal(first.name) ? first.name : name));
      commands.pop();
    }
  }
  const present = new Set(
    commands.flatMap(({ args }) => (args[0]!.kind === "identifier" ? [normal(args[0]!.name)] : [])),
  );
  for (const name of wanted) if (!present.has(normal(name))) commands.push(call(name, pipe.at));
  return { ...pipe, commands };
}
