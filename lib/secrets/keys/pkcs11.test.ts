import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Pkcs11 from "pkcs11js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSoftToken, type SoftToken, softTokenMissing } from "../testing/soft-token";
import { closeToken, tokenKeys } from "./pkcs11";
import type { Kek } from "./provider";

const missing = softTokenMissing();
const SETTINGS = ["PKCS11_MODULE", "PKCS11_TOKEN", "PKCS11_PIN_FILE", "PKCS11_PIN", "SOFTHSM2_CONF"];

describe.skipIf(missing)(`a PKCS#11 token${missing ? ` (missing: ${missing})` : ""}`, () => {
  let token: SoftToken;
  let kek: Kek;
  beforeAll(async () => {
    token = makeSoftToken();
    Object.assign(process.env, token.settings);
    kek = {
      version: 1,
      provider: "pkcs11",
      algorithm: "aes-256-gcm",
      keyId: await tokenKeys.generate(1, "aes-256-gcm"),
    };
  });
  afterAll(async () => {
    await closeToken();
    token.remove();
    for (const name of SETTINGS) delete process.env[name];
  });

  test("wraps and unwraps with a key that it made; other bytes, contexts and keys are refused", async () => {
    const key = randomBytes(32);
    const wrapped = await tokenKeys.wrap(kek, key, "data key|a");
    expect(wrapped).toHaveLength(1 + 12 + 32 + 16);
    expect(wrapped.includes(key)).toBe(false);
    expect(await tokenKeys.unwrap(kek, wrapped, "data key|a")).toEqual(key);
    await expect(tokenKeys.unwrap(kek, wrapped, "data key|b")).rejects.toMatchObject({ code: "not_ready" });
    for (let at = 0; at < wrapped.length; at++) {
      const changed = Buffer.from(wrapped);
      changed[at]! ^= 1;
      await expect(tokenKeys.unwrap(kek, changed, "data key|a")).rejects.toThrow();
    }
    const other = { ...kek, keyId: await tokenKeys.generate(2, "aes-256-gcm") };
    expect(other.keyId).not.toBe(kek.keyId);
    await expect(tokenKeys.unwrap(other, wrapped, "data key|a")).rejects.toThrow();
    await expect(tokenKeys.unwrap({ ...kek, keyId: "gone" }, wrapped, "x")).rejects.toThrow(/no such key/);
    // After a refusal it goes on.
    await tokenKeys.health(kek);
    expect(await tokenKeys.unwrap(kek, wrapped, "data key|a")).toEqual(key);
  });

  test("many at once do not mix, and the loop is not blocked", async () => {
    const keys = Array.from({ length: 200 }, () => randomBytes(32));
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 1);
    const wrapped = await Promise.all(keys.map((key, n) => tokenKeys.wrap(kek, key, `${n}`)));
    const opened = await Promise.all(wrapped.map((bytes, n) => tokenKeys.unwrap(kek, bytes, `${n}`)));
    clearInterval(ticking);
    expect(opened.every((key, n) => key.equals(keys[n]!))).toBe(true);
    expect(ticks).toBeGreaterThan(0);
  });

  test("the key is the token's own: sensitive, and not to be taken out", () => {
    const js: typeof Pkcs11 = createRequire(import.meta.url)("pkcs11js");
    const pkcs11 = new js.PKCS11();
    pkcs11.load(token.library);
    try {
      pkcs11.C_Initialize();
    } catch (error) {
      if (!String(error).includes("ALREADY_INITIALIZED")) throw error;
    }
    const slot = pkcs11.C_GetSlotList(true).find((one) => pkcs11.C_GetTokenInfo(one).label.startsWith(token.token));
    const session = pkcs11.C_OpenSession(slot!, js.CKF_SERIAL_SESSION);
    try {
      pkcs11.C_Login(session, js.CKU_USER, token.pin);
    } catch (error) {
      if (!String(error).includes("ALREADY_LOGGED_IN")) throw error;
    }
    pkcs11.C_FindObjectsInit(session, [{ type: js.CKA_LABEL, value: kek.keyId }]);
    const [key] = pkcs11.C_FindObjects(session, 1);
    pkcs11.C_FindObjectsFinal(session);
    const read = (type: number) => pkcs11.C_GetAttributeValue(session, key!, [{ type, value: Buffer.alloc(64) }]);
    for (const [type, is] of [
      [js.CKA_SENSITIVE, 1],
      [js.CKA_EXTRACTABLE, 0],
      [js.CKA_ALWAYS_SENSITIVE, 1],
      [js.CKA_NEVER_EXTRACTABLE, 1],
      [js.CKA_LOCAL, 1],
      [js.CKA_WRAP, 0],
    ] as const)
      expect([type, Buffer.from(read(type)[0]!.value as Buffer)[0]]).toEqual([type, is]);
    expect(() => read(js.CKA_VALUE)).toThrow(/SENSITIVE/);
    pkcs11.C_CloseSession(session);
  });

  test("a wrong PIN, token or library is said without the PIN; what is right again works", async () => {
    const refusal = async () => {
      try {
        await tokenKeys.health(kek);
        return "";
      } catch (error) {
        return String(error);
      }
    };
    await closeToken();
    writeFileSync(token.pinFile, "00000-of-nobody");
    expect(await refusal()).toMatch(/hardware token.*PIN_INCORRECT/);
    expect(await refusal()).not.toContain("00000-of-nobody");
    writeFileSync(token.pinFile, token.pin);
    process.env.PKCS11_TOKEN = "another one";
    expect(await refusal()).toMatch(/no such token/);
    process.env.PKCS11_TOKEN = token.token;
    process.env.PKCS11_MODULE = "/nowhere/lib.so";
    expect(await refusal()).toMatch(/hardware token/);
    process.env.PKCS11_MODULE = token.library;
    expect(await refusal()).toBe("");
    expect(readFileSync(token.pinFile, "utf8")).toBe(token.pin);
  });
});

test("without settings it says which it needs", async () => {
  for (const name of SETTINGS) delete process.env[name];
  await expect(tokenKeys.generate(1, "aes-256-gcm")).rejects.toMatchObject({
    code: "not_ready",
    message: expect.stringContaining("PKCS11_MODULE"),
  });
});
