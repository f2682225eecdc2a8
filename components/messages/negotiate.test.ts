import { describe, expect, it } from "vitest";
import { browserLocale, knownTimeZone, negotiateLocale } from "./negotiate";

describe("negotiateLocale", () => {
  it.each([
    ["fr", "de", "fr"],
    ["xx", "de-CH,de;q=0.9,en;q=0.8", "de"],
    [undefined, "es, fr;q=0.4, de;q=0.7", "de"],
    [undefined, "fr;q=0, ja", "en"],
    [undefined, null, "en"],
  ])("cookie %s and header %s give %s", (cookie, header, locale) => {
    expect(negotiateLocale(cookie, header)).toBe(locale);
  });
});

describe("browserLocale", () => {
  it.each([
    ["timezone=Europe%2FZurich; locale=fr", ["de"], "fr"],
    ["xlocale=fr", ["de-CH", "en"], "de"],
    ["", [], "en"],
  ])("cookies %s and languages %s give %s", (cookies, languages, locale) => {
    expect(browserLocale(cookies, languages)).toBe(locale);
  });
});

describe("knownTimeZone", () => {
  it("takes a real zone and nothing else", () => {
    expect(knownTimeZone("Europe/Zurich")).toBe("Europe/Zurich");
    expect(knownTimeZone("Mars/Olympus")).toBe("UTC");
    expect(knownTimeZone(undefined)).toBe("UTC");
  });
});
