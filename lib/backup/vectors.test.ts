import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  hkdfSha256,
  ML_KEM_768_CIPHERTEXT_BYTES,
  mlKem768Decapsulate,
  mlKem768Encapsulate,
  mlKem768Public,
  x25519,
} from "./primitives";

// Wycheproof's vectors against our wrappers: what is valid gives the very bytes, what is not is refused.
const hex = z.string().transform((text) => Buffer.from(text, "hex"));
const result = z.enum(["valid", "invalid", "acceptable"]);
const each = { tcId: z.number(), result, flags: z.array(z.string()).optional() };

function vectors<Shape extends z.ZodRawShape>(name: string, shape: Shape, count: number) {
  const file = z.object({
    numberOfTests: z.literal(count),
    testGroups: z.array(z.object({ tests: z.array(z.object({ ...each, ...shape })) })),
  });
  const all = file
    .parse(JSON.parse(readFileSync(new URL(`testdata/${name}_test.json`, import.meta.url), "utf8")))
    .testGroups.flatMap(({ tests }) => tests);
  expect(all).toHaveLength(count);
  return all;
}

/** What the wrapper answers, or null where it refuses. */
function answer<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

test("ML-KEM-768, 193: the seed's public key, and what it decapsulates", () => {
  const wrong: number[] = [];
  for (const { tcId, result, seed, ek, c, K } of vectors(
    "mlkem_768",
    { seed: hex, ek: hex.optional(), c: hex, K: hex },
    193,
  )) {
    const shared = answer(() => mlKem768Decapsulate(seed, c));
    const right = result === "valid" ? shared?.equals(K) && (!ek || mlKem768Public(seed).equals(ek)) : shared === null;
    if (!right) wrong.push(tcId);
  }
  expect(wrong).toEqual([]);
});

test("ML-KEM-768, 265: public keys that it encapsulates for, and those that it refuses", () => {
  const wrong: number[] = [];
  for (const { tcId, result, ek } of vectors("mlkem_768_encaps", { ek: hex }, 265)) {
    const made = answer(() => mlKem768Encapsulate(ek));
    const right =
      result === "valid"
        ? made?.ciphertext.length === ML_KEM_768_CIPHERTEXT_BYTES && made.shared.length === 32
        : made === null;
    if (!right) wrong.push(tcId);
  }
  expect(wrong).toEqual([]);
});

test("X25519, 518: shared secrets; keys of low order, whose secret is zero, are refused", () => {
  const wrong: number[] = [];
  for (const vector of vectors("x25519", { public: hex, private: hex, shared: hex }, 518)) {
    const shared = answer(() => x25519(vector.private, vector.public));
    const right = vector.flags?.includes("ZeroSharedSecret") ? shared === null : shared?.equals(vector.shared);
    if (!right) wrong.push(vector.tcId);
  }
  expect(wrong).toEqual([]);
});

test("HKDF-SHA-256, 86", () => {
  const wrong: number[] = [];
  const shape = { ikm: hex, salt: hex, info: hex, size: z.number(), okm: hex };
  for (const { tcId, result, ikm, salt, info, size, okm } of vectors("hkdf_sha256", shape, 86)) {
    const made = answer(() => hkdfSha256(ikm, salt, info, size));
    if (result === "valid" ? !made?.equals(okm) : made !== null) wrong.push(tcId);
  }
  expect(wrong).toEqual([]);
});
