import { EMPTY_ROOT, type Hash, nodeHash } from "./merkle";

/**
 * A complete subtree of 2^`level` leaves, the `index`th of its level: what tiles hold. It is asked only for subtrees that
 * have all their leaves.
 */
export type ReadNode = (level: number, index: number) => Promise<Hash>;

/** The root of the tree of the first `size` leaves. */
export function rootOf(read: ReadNode, size: number): Promise<Hash> {
  return size === 0 ? Promise.resolve(EMPTY_ROOT) : subtree(read, 0, size);
}

/** The proof that leaf `index` is in the tree of the first `size` leaves, from its sibling upwards (RFC 9162 §2.1.3.1). */
export async function proveInclusion(read: ReadNode, index: number, size: number): Promise<Hash[]> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError(`${index} is not below ${size}`);
  const path: Promise<Hash>[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      path.push(subtree(read, middle, to));
      to = middle;
    } else {
      path.push(subtree(read, from, middle));
      from = middle;
    }
  }
  return (await Promise.all(path)).reverse();
}

/** The proof that the tree of `size` leaves begins with that of `before` leaves (RFC 9162 §2.1.4.1). */
export async function proveConsistency(read: ReadNode, before: number, size: number): Promise<Hash[]> {
  if (before < 0 || before > size) throw new RangeError(`${before} is not between 0 and ${size}`);
  if (before === 0 || before === size) return [];
  const path: Promise<Hash>[] = [];
  let [from, to] = [0, size];
  // As long as the smaller tree ends on our right edge, nothing of it needs to be said.
  let wholeSoFar = true;
  while (to !== before) {
    const middle = from + largestPowerBelow(to - from);
    if (before <= middle) {
      path.push(subtree(read, middle, to));
      to = middle;
    } else {
      path.push(subtree(read, from, middle));
      from = middle;
      wholeSoFar = false;
    }
  }
  if (!wholeSoFar) path.push(subtree(read, from, to));
  return (await Promise.all(path)).reverse();
}

/** The root over the leaves from `from` to `to` (exclusive), as they hang in the tree. */
async function subtree(read: ReadNode, from: number, to: number): Promise<Hash> {
  const size = to - from;
  const level = Math.log2(size);
  if (Number.isInteger(level) && from % size === 0) return read(level, from / size);
  const middle = from + largestPowerBelow(size);
  const [left, right] = await Promise.all([subtree(read, from, middle), subtree(read, middle, to)]);
  return nodeHash(left, right);
}

/** The largest power of two below `size`, for sizes from 2 on. */
function largestPowerBelow(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1);
}
