import { sha256 } from "@noble/hashes/sha2.js";

/** A node of RFC 6962's tree: 32 bytes. */
export type Hash = Uint8Array;

export function leafHashOf(bytes: Uint8Array): Hash {
  return sha256.create().update(Uint8Array.of(0)).update(bytes).digest();
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256.create().update(Uint8Array.of(1)).update(left).update(right).digest();
}

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());

export function sameHash(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

const HASH_BYTES = 32;
const wellFormed = (path: readonly Hash[]) => path.every(({ length }) => length === HASH_BYTES);
const isSize = (size: number) => Number.isSafeInteger(size) && size >= 0;
const half = (value: number) => Math.floor(value / 2);
const isOdd = (value: number) => value % 2 === 1;

/**
 * Whether `leaf` is the leaf number `index`, counted from 0, of the tree of `size` leaves with this root. `path` is the
 * inclusion proof, from the leaf's sibling upwards (RFC 9162 §2.1.3.2).
 */
export function verifyInclusion(leaf: Hash, index: number, size: number, path: readonly Hash[], root: Hash): boolean {
  if (!isSize(size) || !isSize(index) || index >= size || leaf.length !== HASH_BYTES || !wellFormed(path)) return false;
  let node = leaf;
  let [at, last] = [index, size - 1];
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      node = nodeHash(sibling, node);
      // A node without a right sibling moves up as it is.
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else node = nodeHash(node, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(node, root);
}

/**
 * Whether the tree of `after` leaves begins with all that the tree of `before` leaves held, in the same order (RFC 9162
 * §2.1.4.2). A tree is consistent with itself and with the empty one by an empty proof.
 */
export function verifyConsistency(
  before: { size: number; root: Hash },
  after: { size: number; root: Hash },
  path: readonly Hash[],
): boolean {
  if (!isSize(before.size) || !isSize(after.size) || before.size > after.size || !wellFormed(path)) return false;
  if (before.size === 0) return path.length === 0 && sameHash(before.root, EMPTY_ROOT);
  if (before.size === after.size) return path.length === 0 && sameHash(before.root, after.root);
  let [at, last] = [before.size - 1, after.size - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  // Where the smaller tree is a whole subtree of the larger one, its root is known and not part of the proof.
  const [first, ...rest] = at === 0 ? [before.root, ...path] : path;
  if (!first) return false;
  let [old, young] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      [old, young] = [nodeHash(sibling, old), nodeHash(sibling, young)];
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else young = nodeHash(young, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(old, before.root) && sameHash(young, after.root);
}
