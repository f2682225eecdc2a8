import { expect, it } from "vitest";
import { browserLocale } from "../messages/negotiate";
import { choiceCookie } from "./preferences";

it("a choice is remembered for this host and https alone, and found again under either name", () => {
  const plain = choiceCookie("locale", "fr", false);
  const encrypted = choiceCookie("locale", "fr", true);
  expect(plain).toBe("locale=fr; path=/; max-age=31536000; samesite=lax");
  expect(encrypted).toBe("__Host-locale=fr; path=/; max-age=31536000; samesite=lax; secure");
  for (const cookie of [plain, encrypted]) expect(browserLocale(cookie.split(";")[0] ?? "", [])).toBe("fr");
});

it("a value cannot add to the cookie", () => {
  expect(choiceCookie("timezone", "x; domain=evil.example", true)).toContain("=x%3B%20domain%3Devil.example; path=/;");
});
