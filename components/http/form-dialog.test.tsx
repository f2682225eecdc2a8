import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import common from "../messages/en/common.json";
import errors from "../messages/en/errors.json";
import { ActForm } from "./form-dialog";

function shown(error: unknown): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ common, errors }} timeZone="UTC">
      <ActForm id="ask" error={error} onSubmit={() => undefined}>
        <input name="reason" />
      </ActForm>
    </NextIntlClientProvider>,
  );
}

describe("the form of a dialog", () => {
  it("is found by the button below it", () => {
    expect(shown(null)).toContain('<form id="ask"');
    expect(shown(null)).not.toContain('role="alert"');
  });

  it("says above its fields what failed", () => {
    const html = shown(new AppError("conflict", "Somebody else was faster."));
    expect(html.indexOf("Somebody else was faster.")).toBeGreaterThan(0);
    expect(html.indexOf('role="alert"')).toBeLessThan(html.indexOf('name="reason"'));
  });
});
