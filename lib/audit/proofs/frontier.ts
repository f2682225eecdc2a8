import { EMPTY_ROOT, type Hash, nodeHash } from "./merkle";

/** The root of a tree that leaves are added to one by one, in memory that grows with its height only. */
export class Frontier {
  #size = 0;
  /** Roots of the whole subtrees at the right edge, the largest first. */
  readonly #roots: Hash[] = [];

  get size(): number {
    return this.#size;
  }

  add(leaf: Hash): void {
    let node = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) node = nodeHash(this.#roots.pop()!, node);
    this.#roots.push(node);
    this.#size += 1;
  }

  root(): Hash {
    const [last, ...before] = this.#roots.toReversed();
    return last ? before.reduce((right, left) => nodeHash(left, right), last) : EMPTY_ROOT;
  }
}
