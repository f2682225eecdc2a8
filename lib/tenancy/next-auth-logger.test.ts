import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { reasonOf } from "./next-auth-logger";

test("names the reason wherever next-auth puts it", () => {
  const error = Object.assign(new TypeError("expected 200 OK, got: 404 Not Found"), { code: "ERR" });
  const expected = { name: "TypeError", message: "expected 200 OK, got: 404 Not Found", code: "ERR" };
  expect(reasonOf(error)).toEqual(expected);
  expect(reasonOf({ error, providerId: "oidc", message: "" })).toEqual(expected);
  expect(reasonOf(new Error("", { cause: new Error("socket hang up") }))).toMatchObject({ message: "socket hang up" });
  expect(reasonOf({ error: "plain" })).toMatchObject({ message: "plain" });
  expect([reasonOf(undefined), reasonOf({ providerId: "oidc" })]).toEqual([
    { name: "Error", message: "" },
    { name: "Error", message: "" },
  ]);
});

test("what an operator has to do survives; state, codes and tokens do not", () => {
  const advice =
    'sso.corp.internal.example leads to a private address. OUTBOUND_ALLOW="oidc=sso.corp.internal.example".';
  expect(reasonOf(new AppError("outbound_refused", advice))).toEqual({
    name: "AppError",
    message: advice,
    code: "outbound_refused",
  });
  const state = "dGhpcyBpcyBhIHN0YXRlIG9mIGEgdGVzdA";
  const token = `eyJhbGciOiJSUzI1NiJ9abcdef.${state}.c2lnbmF0dXJl`;
  const { message } = reasonOf(new Error(`state mismatch, expected ${state}, got: ${token}`));
  expect(message).toBe("state mismatch, expected [cut], got: [cut]");
  expect(reasonOf(new Error("x ".repeat(5_000))).message.length).toBeLessThanOrEqual(300);
});
