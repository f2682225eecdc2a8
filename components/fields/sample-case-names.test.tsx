import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { PREVIEW_CASES } from "@/lib/alertmanager/preview/sample-cases";
import { loadMessages } from "../messages";
import { LOCALES, type Locale } from "../messages/namespaces";
import { useDiagnosticText } from "./field-diagnostics";

function Text({ cases }: { cases: string }) {
  const text = useDiagnosticText();
  const params = { key: "title", cases };
  return text({ code: "notification_blank", severity: "warning", path: [], params, message: "" });
}

async function told(locale: Locale, cases: string): Promise<string> {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} timeZone="UTC" messages={await loadMessages(locale)}>
      <Text cases={cases} />
    </NextIntlClientProvider>,
  );
}

describe("a finding about sample alerts", () => {
  it("names them in the reader's language", async () => {
    expect(await told("en", "many, missing")).toContain("sample alerts: 12 firing, missing labels)");
    expect(await told("de", "many, missing")).toContain("12 aktiv, ohne Labels)");
    expect(await told("fr", "resolved")).toContain("résolue)");
  });

  it("has a name for each, and leaves what it does not know", async () => {
    for (const locale of LOCALES) {
      const { fields } = Object(await loadMessages(locale));
      expect(Object.keys(fields.cases)).toEqual([...PREVIEW_CASES]);
    }
    expect(await told("en", "one, of my own")).toContain("firing, of my own)");
  });
});
