import { generate } from "otplib";
import { describe, expect, it } from "vitest";
import { newTotpSecret, totpStep, totpUri } from "./totp";

// "12345678901234567890" in Base32. RFC 6238, appendix B, SHA-1; six digits are the last six of its eight.
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const VECTORS = [
  [59, "287082", 1],
  [1111111109, "081804", 37037036],
  [1111111111, "050471", 37037037],
  [1234567890, "005924", 41152263],
  [2000000000, "279037", 66666666],
  [20000000000, "353130", 666666666],
] as const;
const at = (seconds: number) => new Date(seconds * 1000);

describe("totpStep", () => {
  it.each(VECTORS)("at %i takes %s, of step %i", async (seconds, code, step) => {
    expect(await totpStep(SECRET, code, at(seconds))).toBe(step);
    expect(await totpStep(SECRET, ` ${code.slice(0, 3)} ${code.slice(3)}`, at(seconds))).toBe(step);
  });

  it("takes the step before and after, and no further", async () => {
    const found = (offset: number) => totpStep(SECRET, "050471", at(37037037 * 30 + offset));
    expect(await found(-1)).toBe(37037037);
    expect(await found(-30)).toBe(37037037);
    expect(await found(30 + 29)).toBe(37037037);
    expect(await found(-31)).toBeNull();
    expect(await found(60)).toBeNull();
  });

  it.each(["", "12345", "1234567", "abcdef", "05047１", "050471\0"])("refuses %j", async (code) => {
    expect(await totpStep(SECRET, code, at(1111111111))).toBeNull();
  });

  it("makes secrets that apps can read", async () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const now = new Date();
    const code = await generate({ secret, epoch: Math.floor(now.getTime() / 1000) });
    expect(await totpStep(secret, code, now)).toBe(Math.floor(now.getTime() / 30_000));
    const uri = new URL(totpUri(secret, "ann@a.example"));
    expect(uri.protocol).toBe("otpauth:");
    expect(uri.searchParams.get("secret")).toBe(secret);
    expect(uri.searchParams.get("issuer")).toBe("Signalbox");
  });
});
