import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { DIAGNOSTIC_MESSAGES } from "@/lib/alertmanager/validation/diagnostic-codes";
import { loadMessages } from "./index";
import { LOCALES } from "./namespaces";

const codes = Object.entries(DIAGNOSTIC_MESSAGES);

describe.each(LOCALES)("findings in %s", (locale) => {
  it("have a text for every code, with all that the English one names", async () => {
    const messages = await loadMessages(locale);
    const texts: Record<string, string> = Object(messages.diagnostics);
    const t = createTranslator({ locale, messages: texts });
    for (const [code, english] of codes) {
      const names = [...english.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
      const text = t(code, Object.fromEntries(names.map((name) => [name, `«${name}»`])));
      for (const name of names) expect(text, code).toContain(`«${name}»`);
      expect(text, code).not.toBe(code);
    }
    expect(Object.keys(texts).sort()).toEqual(codes.map(([code]) => code).sort());
  });
});
