import { BOOL, INT, STRING } from "../go/value";
import type { TargetProfile } from "../profiles";
import type { LanguageToken } from "./language-tokens";
import { elementsOf, functionsOf, memberOf, type Types, typesOf, union } from "./language-types";

/** What is known of one token. */
export interface Spot {
  token: LanguageToken;
  kind: "member" | "function" | "variable" | "dot";
  /** Behind what a member is looked up. */
  receiver: Types;
  types: Types;
  /** A member that none of the receiver's types has, a function that is none. */
  missing: boolean;
}

export type Variables = Map<string, Types>;

const ARGUMENT_RETURNED = new Set(["and", "or"]);

/** Reads the pipeline of one action, from left to right and whatever stands there. */
export class PipelineReader {
  private at = 0;
  /** What `$x :=` and `range $i, $x :=` declare. */
  readonly declared: string[] = [];

  constructor(
    private readonly tokens: readonly LanguageToken[],
    private readonly dot: Types,
    private readonly variables: Variables,
    private readonly profile: TargetProfile,
    private readonly report: (spot: Spot) => void,
  ) {}

  /** The type of the pipeline's value; `undefined` when there is no pipeline. */
  read(): Types | undefined {
    this.declarations();
    return this.at < this.tokens.length ? this.pipeline() : undefined;
  }

  private declarations(): void {
    const from = this.at;
    const names: string[] = [];
    while (this.tokens[this.at]?.kind === "variable") {
      names.push(this.tokens[this.at]!.text);
      const next = this.tokens[++this.at];
      if (next?.kind === "comma") this.at++;
      else if (next?.kind === "declare") {
        this.at++;
        this.declared.push(...names);
        return;
      } else if (next?.kind === "assign") {
        this.at++;
        return;
      }
    }
    this.at = from;
  }

  private pipeline(): Types {
    let value: Types | undefined;
    for (;;) {
      value = this.command(value);
      const token = this.tokens[this.at];
      if (token?.kind !== "pipe") return value ?? null;
      this.at++;
    }
  }

  /** One stage; `piped` is the value of the stage before, its last argument. */
  private command(piped: Types | undefined): Types | undefined {
    const head = this.tokens[this.at];
    const name = head?.kind === "identifier" ? head.text : null;
    let first: Types | undefined;
    const more: Types[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      if (!token || token.kind === "pipe" || token.kind === "rightParen") break;
      const value = this.operand();
      if (token === head) first = value;
      else if (value !== undefined) more.push(value);
    }
    if (piped !== undefined) more.push(piped);
    const chained = name !== null && this.isChained(head!);
    return name === null || chained ? first : this.result(name, more);
  }

  private isChained(head: LanguageToken): boolean {
    const next = this.tokens[this.tokens.indexOf(head) + 1];
    return next !== undefined && next.kind === "field" && next.from === head.to;
  }

  private result(name: string, args: readonly Types[]): Types {
    const [first = null] = args;
    if (ARGUMENT_RETURNED.has(name)) return args.reduce<Types>(union, []);
    if (name === "slice") return first;
    if (name === "index") return args.slice(1).reduce<Types>(elementsOf, first);
    return typesOf(functionsOf(this.profile).get(name)?.results[0]);
  }

  /** `undefined` for what is no operand. */
  private operand(): Types | undefined {
    const token = this.tokens[this.at++]!;
    switch (token.kind) {
      case "dot":
        this.report({ token, kind: "dot", receiver: this.dot, types: this.dot, missing: false });
        return this.dot;
      case "field":
        return this.chain(this.member(this.dot, token), token);
      case "variable": {
        const types = this.variables.get(token.text);
        this.report({ token, kind: "variable", receiver: null, types: types ?? null, missing: types === undefined });
        return this.chain(types ?? null, token);
      }
      case "identifier": {
        const missing = !functionsOf(this.profile).has(token.text);
        const types = this.result(token.text, []);
        this.report({ token, kind: "function", receiver: null, types, missing });
        return this.chain(types, token);
      }
      case "leftParen": {
        const types = this.pipeline();
        const close = this.tokens[this.at];
        if (close?.kind !== "rightParen") return types;
        this.at++;
        return this.chain(types, close);
      }
      case "string":
      case "rawString":
        return [STRING];
      case "number":
        return /^[+-]?\d+$/.test(token.text) ? [INT] : null;
      case "constant":
        return token.text === "nil" || token.text.startsWith("'") ? null : [BOOL];
      default:
        return undefined;
    }
  }

  private chain(start: Types, behind: LanguageToken): Types {
    let types = start;
    let end = behind.to;
    for (let token = this.tokens[this.at]; token && token.from === end; token = this.tokens[this.at]) {
      if (token.kind === "field") types = this.member(types, token);
      else if (token.kind === "dot") this.report({ token, kind: "dot", receiver: types, types: null, missing: false });
      else break;
      end = token.to;
      this.at++;
    }
    return types;
  }

  private member(receiver: Types, token: LanguageToken): Types {
    const name = token.text.slice(1);
    const found = receiver?.flatMap((type) => memberOf(type, name) ?? []) ?? [];
    const types =
      receiver === null || found.length === 0 ? null : found.reduce<Types>((all, one) => union(all, one.types), []);
    const missing = receiver !== null && receiver.length > 0 && found.length === 0;
    this.report({ token, kind: "member", receiver, types, missing });
    return types;
  }
}

/** The types with which a template is called. */
export type DotOf = (name: string) => Types;
