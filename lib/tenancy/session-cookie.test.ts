import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sessionIdIn } from "./session-cookie";

const SECRET = "s".repeat(40);
const sid = randomUUID();

beforeEach(() => {
  vi.stubEnv("NEXTAUTH_SECRET", SECRET);
});

describe("sessionIdIn", () => {
  it("reads what next-auth wrote", async () => {
    expect(await sessionIdIn(await encode({ token: { sid }, secret: SECRET }))).toBe(sid);
  });

  it("is null for what another secret made, what was changed, what ran out and what names no session", async () => {
    const good = await encode({ token: { sid }, secret: SECRET });
    const worthless = [
      await encode({ token: { sid }, secret: "t".repeat(40) }),
      `${good.slice(0, -2)}${good.endsWith("AA") ? "BB" : "AA"}`,
      await encode({ token: { sid }, secret: SECRET, maxAge: -60 }),
      await encode({ token: {}, secret: SECRET }),
      // next-auth makes its other cookies under keys of their own.
      await encode({ token: { sid }, secret: SECRET, salt: "state" }),
      "x",
      "",
      undefined,
    ];
    for (const cookie of worthless) expect(await sessionIdIn(cookie)).toBeNull();
  });

  it("follows the secret when that changes", async () => {
    const cookie = await encode({ token: { sid }, secret: SECRET });
    expect(await sessionIdIn(cookie)).toBe(sid);
    vi.stubEnv("NEXTAUTH_SECRET", "u".repeat(40));
    expect(await sessionIdIn(cookie)).toBeNull();
  });
});
