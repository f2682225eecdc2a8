/** Anchor and tag before a value; `start` is where the first of them stands. */
export interface Properties {
  start: number;
  anchor: string | null;
  /** In full: `tag:yaml.org,2002:int`, `!foo`, `!`. */
  tag: string | null;
}

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** A scalar; `value` is its text without quotes, folds and escapes. Empty where nothing is written. */
export class ScalarNode {
  readonly kind = "scalar";
  constructor(
    readonly style: ScalarStyle,
    readonly start: number,
    readonly end: number,
    readonly value: string,
    readonly properties: Properties | null,
  ) {}
}

export class SourcePair {
  constructor(
    readonly key: SourceNode,
    readonly value: SourceNode,
    /** Where the colon stands, -1 without one. */
    readonly colon: number,
  ) {}
}

export class MapNode {
  readonly kind = "map";
  readonly pairs: SourcePair[] = [];
  end: number;
  constructor(
    readonly flow: boolean,
    readonly start: number,
    readonly properties: Properties | null,
  ) {
    this.end = start;
  }
}

const NO_DASHES: number[] = [];

export class SeqNode {
  readonly kind = "seq";
  readonly items: SourceNode[] = [];
  /** Where the dash of each item stands; empty in brackets. */
  readonly dashes: number[];
  end: number;
  constructor(
    readonly flow: boolean,
    readonly start: number,
    readonly properties: Properties | null,
  ) {
    this.end = start;
    this.dashes = flow ? NO_DASHES : [];
  }
}

/** `*name` */
export class AliasNode {
  readonly kind = "alias";
  readonly properties = null;
  constructor(
    readonly start: number,
    readonly end: number,
    readonly name: string,
    readonly target: AnchoredNode,
  ) {}
}

type AnchoredNode = ScalarNode | MapNode | SeqNode;

/**
 * A part of a text: `start` and `end` are offsets into it, without anchor and tag, and without blanks, comments and
 * line breaks behind it. One class for each kind, so that reading them stays fast.
 */
export type SourceNode = AnchoredNode | AliasNode;

/** Where yaml.v2 says the node stands: at its anchor or tag when it has one. */
export function markOf(node: SourceNode): number {
  return node.properties?.start ?? node.start;
}

/** What the node stands for: itself, or what it is an alias of. */
export function resolved(node: SourceNode): AnchoredNode {
  return node.kind === "alias" ? node.target : node;
}

/** The text of a scalar key; `null` for other keys. */
export function keyOf(pair: SourcePair): string | null {
  const key = resolved(pair.key);
  return key.kind === "scalar" ? key.value : null;
}

/** `<<` without quotes: what stands there is merged in. */
export function isMerge({ key }: SourcePair): boolean {
  if (key.kind !== "scalar" || key.value !== "<<") return false;
  const tag = key.properties?.tag ?? null;
  return tag === null ? key.style === "plain" : tag === "!" || tag === "tag:yaml.org,2002:merge";
}
