import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { TenantProvider } from "../http/tenant-context";
import messages from "../messages/en/tenant.json";
import { Breadcrumbs } from "./breadcrumbs";

const place = vi.hoisted(() => ({ pathname: "" }));
vi.mock("next/navigation", () => ({ usePathname: () => place.pathname }));

function shownAt(pathname: string): string {
  place.pathname = pathname;
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ tenant: messages }}>
      <TenantProvider
        {...{ slug: "acme", name: "Acme", role: "viewer" as const, permissions: ["configuration:view"] as const }}
      >
        <Breadcrumbs />
      </TenantProvider>
    </NextIntlClientProvider>,
  );
}

describe("breadcrumbs", () => {
  it.each([
    ["/acme", "Overview"],
    ["/acme/global", "Global"],
    ["/acme/import", "Import"],
  ])("name the page %s", (pathname, name) => {
    expect(shownAt(pathname)).toMatch(new RegExp(`aria-current="page"[^>]*>${name}<`));
  });

  it("lead back to the section, and leave ids out", () => {
    const html = shownAt("/acme/changes/0b5ec5b2-6f5c-4a0e-9f0e-0d3a3b0f9a11");
    expect(html).toContain('href="/acme/changes"');
    expect(html).not.toContain("0b5ec5b2");
    expect(shownAt("/acme/receivers/start-2")).not.toContain("start-2");
    expect(shownAt("/acme/revisions/12")).toContain(">12<");
  });
});
