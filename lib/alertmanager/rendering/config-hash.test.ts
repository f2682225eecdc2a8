import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { configHash } from "./config-hash";

it("is the first six bytes of the MD5, little endian, as alertmanager_config_hash shows them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(configHash(text)).toBe(createHash("md5").update(text, "utf8").digest().readUIntLE(0, 6));
    }),
  );
  // md5 of nothing: d41d8cd98f00…
  expect(configHash("")).toBe(0x008fd98c1dd4);
});
