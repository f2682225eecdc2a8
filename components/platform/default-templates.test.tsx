import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { AllDefaultTemplates, DefaultTemplatesDto } from "@/lib/targets/contract";
import common from "../messages/en/common.json";
import platform from "../messages/en/platform.json";
import { ToastProvider } from "../ui/toast";
import { DefaultTemplates } from "./default-templates";
import { defaultTemplatesQuery } from "./queries";

const NONE = { missing: [], differing: [], unexpected: [] };
const row = (given: Partial<DefaultTemplatesDto>): DefaultTemplatesDto => ({
  ...{ version: "0.34", source: "built_in", fits: true, otherVersion: NONE },
  ...given,
});

/** The cells of one row, as text. */
function cells(given: Partial<DefaultTemplatesDto>): string[] {
  const data: AllDefaultTemplates = { folder: "/srv/templates", given: true, versions: [row(given)] };
  const client = new QueryClient();
  client.setQueryData(defaultTemplatesQuery.queryKey, data);
  const html = renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NextIntlClientProvider locale="en" messages={{ common, platform }} timeZone="UTC" now={new Date(0)}>
        <ToastProvider>
          <DefaultTemplates />
        </ToastProvider>
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
  expect(html).toContain("/srv/templates");
  const labelled = html.replaceAll(/<button[^>]*aria-label="([^"]*)"[^>]*>/g, "[$1]");
  return [...labelled.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = ""]) =>
    cell
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
}

describe("the default templates of a version", () => {
  it("say that mails are approximate without any", () => {
    expect(cells({})).toEqual(["0.34", "Signalbox’s own layout", "approximation", "[Upload templates of 0.34]"]);
  });

  it("say from where they are, and only what was uploaded can be removed", () => {
    const folder = "/srv/templates/0.33";
    expect(cells({ version: "0.33", source: "folder", folder })).toEqual([
      ...["0.33", folder, "exact", "[Upload templates of 0.33]"],
    ]);
    const [, source, check, actions] = cells({ source: "uploaded", uploadedAt: "1970-01-01T00:00:00Z" });
    expect(source).toMatch(/^Uploaded \S/);
    expect(check).toBe("exact");
    expect(actions).toBe("[Upload templates of 0.34] [Remove the uploaded templates of 0.34]");
  });

  it("say by what one sees that they are of another version", () => {
    const missing = ["a.default.a", "a.default.b", "a.default.c", "a.default.d", "a.default.e"];
    const [, , check] = cells({
      source: "uploaded",
      fits: false,
      otherVersion: { ...NONE, missing, differing: ["x"] },
    });
    expect(check).toBe(
      "looks like another version 5 are missing: a.default.a, a.default.b, a.default.c, a.default.d … 1 answers otherwise: x",
    );
  });
});
