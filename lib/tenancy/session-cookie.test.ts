import { randomBytes, randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sessionTokenIn } from "./session-cookie";

const SECRET = "s".repeat(40);
const sid = randomUUID();
const key = randomBytes(32).toString("base64url");

beforeEach(() => {
  vi.stubEnv("NEXTAUTH_SECRET", SECRET);
});

describe("sessionTokenIn", () => {
  it("reads what next-auth wrote", async () => {
    expect(await sessionTokenIn(await encode({ token: { sid, key }, secret: SECRET }))).toEqual({ id: sid, key });
  });

  it("is null for what another secret made, what was changed, what ran out and what names no session", async () => {
    const good = await encode({ token: { sid, key }, secret: SECRET });
    const worthless = [
      await encode({ token: { sid, key }, secret: "t".repeat(40) }),
      `${good.slice(0, -2)}${good.endsWith("AA") ? "BB" : "AA"}`,
      await encode({ token: { sid, key }, secret: SECRET, maxAge: -60 }),
      await encode({ token: {}, secret: SECRET }),
      // As cookies were before they had a key.
      await encode({ token: { sid }, secret: SECRET }),
      // next-auth makes its other cookies under keys of their own.
      await encode({ token: { sid, key }, secret: SECRET, salt: "state" }),
      "x",
      "",
      undefined,
    ];
    for (const cookie of worthless) expect(await sessionTokenIn(cookie)).toBeNull();
  });

  it("follows the secret when that changes", async () => {
    const cookie = await encode({ token: { sid, key }, secret: SECRET });
    expect(await sessionTokenIn(cookie)).toEqual({ id: sid, key });
    vi.stubEnv("NEXTAUTH_SECRET", "u".repeat(40));
    expect(await sessionTokenIn(cookie)).toBeNull();
  });
});
