import { AliasNode, type MapNode, ScalarNode, type SeqNode, type SourceNode, SourcePair } from "./nodes";

export type Collection = MapNode | SeqNode;

/** Puts finished nodes where they belong, and remembers what anchors name. */
export class TreeBuilder {
  root: SourceNode | null = null;
  readonly aliases: AliasNode[] = [];
  readonly #anchors = new Map<string, ScalarNode | Collection>();
  readonly #open: Collection[] = [];
  /** Per open mapping: its key, while the value is not there yet, and the colon behind it. */
  readonly #keys: (SourceNode | null)[] = [];
  readonly #colons: number[] = [];

  attach(node: SourceNode): void {
    if (node.properties?.anchor) this.#anchors.set(node.properties.anchor, node as ScalarNode | Collection);
    const { length } = this.#open;
    const parent = this.#open[length - 1];
    if (parent === undefined) {
      this.root = node;
    } else if (parent.kind === "seq") {
      parent.items.push(node);
    } else {
      const key = this.#keys[length - 1] as SourceNode | null;
      if (key === null) {
        this.#keys[length - 1] = node;
      } else {
        parent.pairs.push(new SourcePair(key, node, this.#colons[length - 1] as number));
        this.#keys[length - 1] = null;
        this.#colons[length - 1] = -1;
      }
    }
  }

  /** A value that is not written. */
  empty(offset: number): void {
    this.attach(new ScalarNode("plain", offset, offset, "", null));
  }

  /** False when no anchor has that name. */
  alias(name: string, start: number, end: number): boolean {
    const target = this.#anchors.get(name);
    if (!target) return false;
    const node = new AliasNode(start, end, name, target);
    this.aliases.push(node);
    this.attach(node);
    return true;
  }

  open(node: Collection): void {
    this.attach(node);
    this.#open.push(node);
    this.#keys.push(null);
    this.#colons.push(-1);
  }

  /** `end` is where the closing bracket ends, or -1 without one. */
  close(end: number): void {
    const node = this.#open.pop() as Collection;
    this.#keys.pop();
    this.#colons.pop();
    node.end = end < 0 ? lastEnd(node) : end;
  }

  dash(offset: number): void {
    (this.#open[this.#open.length - 1] as SeqNode).dashes.push(offset);
  }

  colon(offset: number): void {
    this.#colons[this.#colons.length - 1] = offset;
  }
}

/** Where what is written of a collection without brackets ends. */
function lastEnd(node: Collection): number {
  if (node.kind === "seq") {
    const dash = node.dashes[node.dashes.length - 1] ?? node.start;
    return Math.max(dash + 1, writtenEnd(node.items[node.items.length - 1]));
  }
  const last = node.pairs[node.pairs.length - 1];
  return last === undefined ? node.start : Math.max(last.key.end, last.colon + 1, writtenEnd(last.value));
}

/** What is not written has the place of what follows. */
function writtenEnd(node: SourceNode | undefined): number {
  return node === undefined || (node.start === node.end && !node.properties) ? 0 : node.end;
}
