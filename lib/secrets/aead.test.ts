import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { decrypt, encrypt, openWith, sealWith, type VersionedKey } from "./aead";
import { ALGORITHMS, type Algorithm } from "./contract";

const hex = z.string().transform((text) => Buffer.from(text, "hex"));
const fileSchema = z.object({
  numberOfTests: z.int(),
  testGroups: z.array(
    z.object({
      tests: z.array(
        z.object({
          ...{ tcId: z.int(), result: z.enum(["valid", "invalid"]) },
          ...{ key: hex, iv: hex, aad: hex, msg: hex, ct: hex, tag: hex },
        }),
      ),
    }),
  ),
});

function answer<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

// Wycheproof's vectors against our wrapper, which takes 256-bit keys, 96-bit nonces and 128-bit tags and refuses all others.
describe.each([
  { algorithm: "aes-256-gcm", name: "aes_gcm", count: 316, ours: 66 },
  { algorithm: "chacha20-poly1305", name: "chacha20_poly1305", count: 325, ours: 316 },
] as const)("$algorithm, $count vectors", ({ algorithm, name, count, ours }) => {
  const file = fileSchema.parse(
    JSON.parse(readFileSync(new URL(`testdata/${name}_test.json`, import.meta.url), "utf8")),
  );
  const vectors = file.testGroups.flatMap(({ tests }) => tests);
  const fits = ({ key, iv, tag }: (typeof vectors)[number]) =>
    key.length === 32 && iv.length === 12 && tag.length === 16;

  test("are all there", () => {
    expect([file.numberOfTests, vectors.length, vectors.filter(fits).length]).toEqual([count, count, ours]);
  });

  test("valid ones give these very bytes, all others are refused", () => {
    const wrong = vectors.filter((vector) => {
      const { key, iv, aad, msg, ct, tag, result } = vector;
      const opened = answer(() => openWith({ algorithm, key }, iv, { ciphertext: ct, tag }, aad));
      const sealed = answer(() => sealWith({ algorithm, key }, iv, msg, aad));
      if (!fits(vector)) return opened !== null || sealed !== null;
      if (result === "invalid") return opened !== null;
      return !opened?.equals(msg) || !sealed?.equals(Buffer.concat([ct, tag]));
    });
    expect(wrong.map(({ tcId }) => tcId)).toEqual([]);
  });

  test("keys, nonces and tags of any other length are refused", () => {
    const key = { algorithm, key: randomBytes(32) };
    const nonce = randomBytes(12);
    const context = Buffer.from("context");
    const sealed = sealWith(key, nonce, Buffer.from("value"), context);
    const ciphertext = sealed.subarray(0, 5);
    for (let length = 0; length <= 64; length++) {
      const tag = Buffer.concat([sealed.subarray(5), Buffer.alloc(64)]).subarray(0, length);
      if (length !== 16) expect(() => openWith(key, nonce, { ciphertext, tag }, context)).toThrow(/tag/);
      const other = Buffer.alloc(length);
      if (length !== 12) expect(() => sealWith(key, other, ciphertext, context)).toThrow(/nonce/);
      if (length !== 32) expect(() => sealWith({ algorithm, key: other }, nonce, ciphertext, context)).toThrow(/key/);
    }
    expect(openWith(key, nonce, { ciphertext, tag: sealed.subarray(5) }, context).toString()).toBe("value");
  });
});

const keyOf = (version: number, algorithm: Algorithm): VersionedKey => ({ version, algorithm, key: randomBytes(32) });
const keysOf =
  (...keys: VersionedKey[]) =>
  async (version: number) =>
    keys.find((key) => key.version === version) ?? null;

test("both algorithms are read beside each other; the header says which key", async () => {
  const keys = [keyOf(1, "aes-256-gcm"), keyOf(2, "chacha20-poly1305"), keyOf(70_000, "aes-256-gcm")];
  for (const key of keys) {
    const sealed = encrypt(key, Buffer.from("value"), "t|s|1");
    expect((await decrypt(keysOf(...keys), sealed, "t|s|1")).toString()).toBe("value");
    await expect(decrypt(keysOf(...keys), sealed, "t|s|2")).rejects.toThrow();
    await expect(decrypt(keysOf(...keys.filter((other) => other !== key)), sealed, "t|s|1")).rejects.toThrow();
  }
});

test("no bit of what is sealed can be changed, and nothing be cut off", async () => {
  for (const algorithm of ALGORITHMS) {
    const keys = keysOf(keyOf(1, "aes-256-gcm"), keyOf(2, algorithm), keyOf(3, algorithm));
    const sealed = encrypt((await keys(2))!, Buffer.from("value"), "context");
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      await expect(decrypt(keys, changed, "context")).rejects.toThrow();
    }
    for (let length = 0; length < sealed.length; length++)
      await expect(decrypt(keys, sealed.subarray(0, length), "context")).rejects.toThrow();
  }
});

test("what was sealed before there were headers opens with the first key, whatever its nonce looks like", async () => {
  const first = keyOf(1, "aes-256-gcm");
  const keys = keysOf(first, keyOf(2, "aes-256-gcm"), keyOf(3, "chacha20-poly1305"));
  for (const start of ["", "e501", "e50100000001", "e50100000002", "e50200000003", "e501000000ff"]) {
    const nonce = Buffer.concat([Buffer.from(start, "hex"), randomBytes(12)]).subarray(0, 12);
    const sealed = Buffer.concat([nonce, sealWith(first, nonce, Buffer.from("old"), Buffer.from("context"))]);
    expect((await decrypt(keys, sealed, "context")).toString()).toBe("old");
    await expect(decrypt(keysOf(keyOf(1, "chacha20-poly1305")), sealed, "context")).rejects.toThrow();
  }
});

test("nonces are not used twice", () => {
  const key = keyOf(1, "aes-256-gcm");
  const nonces = Array.from({ length: 20_000 }, () =>
    encrypt(key, Buffer.alloc(0), "").subarray(6, 18).toString("hex"),
  );
  expect(new Set(nonces).size).toBe(nonces.length);
});
