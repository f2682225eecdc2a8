import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Frontier } from "./frontier";
import { EMPTY_ROOT, type Hash, leafHashOf, nodeHash, sameHash, verifyConsistency, verifyInclusion } from "./merkle";
import { proveConsistency, proveInclusion, type ReadNode, rootOf } from "./tree";

const TIMEOUT = process.env.SOAK ? 1_800_000 : 60_000;
const hex = (hash: Hash) => Buffer.from(hash).toString("hex");
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

/** RFC 6962 §2.1 word for word, over all leaves, as something else to hold ours against. */
function naiveRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return EMPTY_ROOT;
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

const LEAVES = Array.from({ length: 70 }, (_, index) => leafHashOf(Buffer.from(`event ${index}`)));
const nodes = new Map<string, Hash>();
const read: ReadNode = async (level, index) => {
  const key = `${level}/${index}`;
  const known = nodes.get(key);
  if (known) return known;
  const width = 2 ** level;
  const under = LEAVES.slice(index * width, (index + 1) * width);
  if (under.length !== width) throw new Error(`${key} is not complete`);
  const hash = naiveRoot(under);
  nodes.set(key, hash);
  return hash;
};
const roots = LEAVES.map((_, index) => naiveRoot(LEAVES.slice(0, index)));
const root = (size: number) => roots[size] as Hash;
const leaf = (index: number) => LEAVES[index] as Hash;

describe("the tree of a log", () => {
  // Leaves and roots that Certificate Transparency's implementations are tested with.
  it("has the roots that others compute", async () => {
    const given = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const leaves = given.map((text) => leafHashOf(bytes(text)));
    const expected = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    const readGiven: ReadNode = async (level, index) =>
      naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
    for (const [index, text] of expected.entries()) expect(hex(await rootOf(readGiven, index + 1))).toBe(text);
    expect(hex(await rootOf(readGiven, 0))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("proves each leaf of each size, and only there", async () => {
    for (let size = 1; size < LEAVES.length; size++) {
      expect(sameHash(await rootOf(read, size), root(size))).toBe(true);
      for (let index = 0; index < size; index++) {
        const path = await proveInclusion(read, index, size);
        expect(verifyInclusion(leaf(index), index, size, path, root(size))).toBe(true);
        expect(verifyInclusion(leaf(index), (index + 1) % size, size, path, root(size))).toBe(size === 1);
        expect(verifyInclusion(leaf(index), index, size, path, root(size - 1))).toBe(false);
      }
    }
    await expect(proveInclusion(read, 5, 5)).rejects.toThrow(RangeError);
  });

  it("proves that each size begins with each smaller one", async () => {
    for (let size = 1; size < LEAVES.length; size++) {
      for (let before = 0; before <= size; before++) {
        const path = await proveConsistency(read, before, size);
        const [old, young] = [
          { size: before, root: root(before) },
          { size, root: root(size) },
        ];
        expect(verifyConsistency(old, young, path)).toBe(true);
        expect(verifyConsistency({ ...old, root: leaf(0) }, young, path)).toBe(before === 1);
        if (before > 0) expect(verifyConsistency(old, { ...young, root: leaf(69) }, path)).toBe(false);
      }
    }
    await expect(proveConsistency(read, 6, 5)).rejects.toThrow(RangeError);
  });

  // Every pair of a size and a smaller one or a leaf, with SOAK; else the first, the last and some between of every size.
  it(
    "proves leaves and growth of every size from 1 to 1,024",
    async () => {
      const many = Array.from({ length: 1024 }, (_, index) => leafHashOf(Buffer.from(`event ${index}`)));
      const kept = new Map<string, Hash>();
      const readMany: ReadNode = async (level, index) => {
        const key = `${level}/${index}`;
        const node =
          kept.get(key) ??
          (level === 0
            ? many[index]!
            : nodeHash(await readMany(level - 1, index * 2), await readMany(level - 1, index * 2 + 1)));
        kept.set(key, node);
        return node;
      };
      const tree = new Frontier();
      const rootsOf: Hash[] = [EMPTY_ROOT];
      for (const each of many) {
        tree.add(each);
        rootsOf.push(tree.root());
      }
      let proofs = 0;
      for (let size = 1; size <= 1024; size++) {
        const [whole, after] = [rootsOf[size]!, { size, root: rootsOf[size]! }];
        if (size <= 70 || size % 97 === 0) expect(sameHash(whole, naiveRoot(many.slice(0, size)))).toBe(true);
        const some = [0, size - 1, size >> 1, (size * 7_919) % size, (size * 31 + 5) % size];
        const indexes = process.env.SOAK ? Array.from({ length: size }, (_, index) => index) : new Set(some);
        for (const index of indexes) {
          const inclusion = await proveInclusion(readMany, index, size);
          const growth = await proveConsistency(readMany, index + 1, size);
          const before = { size: index + 1, root: rootsOf[index + 1]! };
          if (!verifyInclusion(many[index]!, index, size, inclusion, whole)) expect.fail(`leaf ${index} of ${size}`);
          if (!verifyConsistency(before, after, growth)) expect.fail(`growth from ${index + 1} to ${size}`);
          proofs += 2;
        }
      }
      expect(proofs).toBeGreaterThan(process.env.SOAK ? 1_000_000 : 6_000);
    },
    TIMEOUT,
  );

  it(
    "takes no proof in which anything was changed",
    async () => {
      const size = fc.integer({ min: 2, max: LEAVES.length - 1 });
      const change = fc.constantFrom("flip", "drop", "add", "swap");
      await fc.assert(
        fc.asyncProperty(size, fc.nat(), fc.nat(), change, async (size, at, place, change) => {
          const index = at % size;
          const before = { size: 1 + (at % (size - 1)), root: root(1 + (at % (size - 1))) };
          const after = { size, root: root(size) };
          const inclusion = damaged(await proveInclusion(read, index, size), change, place);
          expect(verifyInclusion(leaf(index), index, size, inclusion, after.root)).toBe(false);
          const consistency = damaged(await proveConsistency(read, before.size, size), change, place);
          expect(verifyConsistency(before, after, consistency)).toBe(false);
        }),
        { numRuns: process.env.SOAK ? 50_000 : 5_000 },
      );
    },
    TIMEOUT,
  );

  it("refuses sizes and hashes that are none", () => {
    const [path, end] = [[leaf(1)], root(2)];
    expect(verifyInclusion(leaf(0), 0, 2, path, end)).toBe(true);
    for (const [index, size] of [
      [-1, 2],
      [0.5, 2],
      [2, 2],
      [0, Number.NaN],
      [0, 2 ** 60],
      [0, -2],
    ] as const) {
      expect(verifyInclusion(leaf(0), index, size, path, end)).toBe(false);
    }
    expect(verifyInclusion(leaf(0).subarray(1), 0, 2, path, end)).toBe(false);
    expect(verifyInclusion(leaf(0), 0, 2, [leaf(1).subarray(1)], end)).toBe(false);
    const [one, two] = [
      { size: 1, root: leaf(0) },
      { size: 2, root: end },
    ];
    expect(verifyConsistency(one, two, [leaf(1)])).toBe(true);
    expect(verifyConsistency(two, one, [leaf(1)])).toBe(false);
    expect(verifyConsistency({ ...one, size: Number.NaN }, two, [leaf(1)])).toBe(false);
    expect(verifyConsistency({ size: 3, root: root(3) }, { size: 4, root: root(4) }, [])).toBe(false);
  });
});

function damaged(path: readonly Hash[], change: "flip" | "drop" | "add" | "swap", place: number): Hash[] {
  const at = place % path.length;
  const hash = Uint8Array.from(path[at] as Hash);
  if (change === "drop") return path.toSpliced(at, 1);
  if (change === "add") return path.toSpliced(at, 0, hash);
  if (change === "swap" && path.length > 1) {
    const other = (at + 1) % path.length;
    return path.with(at, path[other] as Hash).with(other, hash);
  }
  hash[place % 32] = (hash[place % 32] as number) ^ (1 << (place % 8));
  return path.with(at, hash);
}
