import { expect, test } from "vitest";
import { clientAddressOf } from "./client-address";

test("is the one address that the listener put there, and never text of a client", () => {
  const from = (value?: string) =>
    clientAddressOf(new Headers(value === undefined ? {} : { "x-forwarded-for": value }));
  expect(from("203.0.113.9")).toBe("203.0.113.9");
  expect(from("2001:db8::1")).toBe("2001:db8::1");
  expect([from(), from('"}, forged'), from("")]).toEqual(["unknown", "unknown", "unknown"]);
});
