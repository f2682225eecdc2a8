import { INT, STRING } from "../go/value";
import type { TargetProfile } from "../profiles";
import { nameIn } from "./language-names";
import { type DotOf, PipelineReader, type Spot, type Variables } from "./language-pipeline";
import { type LanguageAction, type LanguageToken, scanActions } from "./language-tokens";
import { elementsOf, type Types, union } from "./language-types";

interface Scope {
  kind: "root" | "if" | "with" | "range";
  dot: Types;
  /** Outside of it, and behind its `else`. */
  outer: Types;
  variables: Variables;
}

/** One action with what is known where it begins. */
export interface WalkedAction {
  action: LanguageAction;
  dot: Types;
  variables: ReadonlyMap<string, Types>;
}

/** The value that a template is called with; `types` is undefined when the call passes nothing. */
export interface WalkedCall {
  name: string;
  token: LanguageToken;
  types: Types | undefined;
}

export interface Walk {
  actions: WalkedAction[];
  spots: Spot[];
  calls: WalkedCall[];
}

/**
 * Follows the types through a template text as far as they can be told without running it: dots, variables, calls. `root`
 * are the types of the dot outside of definitions, `dotOf` those inside of one. Never throws.
 */
export function walkTemplate(text: string, root: Types, dotOf: DotOf, profile: TargetProfile): Walk {
  const actions = scanActions(text);
  const walker = new Walker(root, dotOf, profile, assignedIn(actions));
  for (const action of actions) walker.action(action);
  return walker.walk;
}

/** Variables that get another value later: of which type cannot be told in a loop. */
function assignedIn(actions: readonly LanguageAction[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { tokens } of actions) {
    for (const [index, { kind }] of tokens.entries()) {
      if (kind !== "assign") continue;
      for (let at = index - 1; at >= 0 && /^(?:variable|comma)$/.test(tokens[at]!.kind); at--)
        names.add(tokens[at]!.text);
    }
  }
  return names;
}

class Walker {
  readonly walk: Walk = { actions: [], spots: [], calls: [] };
  private readonly scopes: Scope[];

  constructor(
    root: Types,
    private readonly dotOf: DotOf,
    private readonly profile: TargetProfile,
    private readonly assigned: ReadonlySet<string>,
  ) {
    this.scopes = [{ kind: "root", dot: root, outer: root, variables: new Map([["$", root]]) }];
  }

  private get scope(): Scope {
    return this.scopes.at(-1)!;
  }

  action(action: LanguageAction): void {
    const { dot, variables } = this.scope;
    this.walk.actions.push({ action, dot, variables: new Map(variables) });
    const { tokens } = action;
    const keyword = tokens[0]?.kind === "keyword" ? tokens[0].text : "";
    if (keyword === "define" || keyword === "template" || keyword === "block") this.named(keyword, tokens);
    else if (keyword === "if" || keyword === "with" || keyword === "range") this.open(keyword, tokens.slice(1));
    else if (keyword === "else") this.otherwise(tokens);
    else if (keyword === "end" && this.scopes.length > 1) this.scopes.pop();
    else if (keyword === "") this.pipe(tokens, this.scope);
  }

  private pipe(tokens: readonly LanguageToken[], into: Scope): Types | undefined {
    const { profile } = this;
    const reader = new PipelineReader(tokens, this.scope.dot, this.scope.variables, profile, (spot) => {
      this.walk.spots.push(spot);
    });
    const types = reader.read();
    if (into.kind === "range" && reader.declared.length > 0) this.declareRange(reader.declared, types ?? null, into);
    else for (const name of reader.declared) this.declare(name, types ?? null, into);
    return types;
  }

  private declare(name: string, types: Types, { variables }: Scope): void {
    variables.set(name, this.assigned.has(name) ? null : types);
  }

  private declareRange(names: readonly string[], types: Types, into: Scope): void {
    const keys = types?.map(({ kind }) => (kind === "map" ? STRING : INT)) ?? null;
    if (names.length > 1) this.declare(names[0]!, keys, into);
    this.declare(names.at(-1)!, elementsOf(types), into);
  }

  private named(keyword: "define" | "template" | "block", tokens: readonly LanguageToken[]): void {
    const named = nameIn([...tokens]);
    const types = keyword === "define" ? undefined : this.pipe(tokens.slice(2), this.scope);
    if (named && keyword !== "define") this.walk.calls.push({ ...named, types });
    if (keyword === "template") return;
    const called = named ? this.dotOf(named.name) : [];
    const dot = keyword === "block" ? union(types ?? null, called) : called;
    this.scopes.push({ kind: "root", dot, outer: dot, variables: new Map([["$", dot]]) });
  }

  private open(kind: "if" | "with" | "range", tokens: readonly LanguageToken[]): void {
    const { dot } = this.scope;
    const scope: Scope = { kind, dot, outer: dot, variables: new Map(this.scope.variables) };
    const types = this.pipe(tokens, scope) ?? null;
    if (kind !== "if") scope.dot = kind === "range" ? elementsOf(types) : types;
    this.scopes.push(scope);
  }

  private otherwise([, next, ...tokens]: readonly LanguageToken[]): void {
    const { scope } = this;
    scope.dot = scope.outer;
    if (next?.kind !== "keyword") return;
    const types = this.pipe(tokens, scope) ?? null;
    if (next.text === "with") scope.dot = types;
  }
}
