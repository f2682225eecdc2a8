import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { IsolationDto } from "@/lib/tenancy/isolation/contract";
import type { TenantFacts } from "@/lib/tenancy/tiers/contract";
import common from "../messages/en/common.json";
import platform from "../messages/en/platform.json";
import { ToastProvider } from "../ui/toast";
import { tenantIsolationQuery } from "./queries";
import { TenantIsolation } from "./tenant-isolation";

type Move = IsolationDto["moves"][number];

function shown(level: IsolationDto["level"], byTier: IsolationDto["level"], move?: Partial<Move>): string {
  const moves: Move[] = move
    ? [
        {
          ...{ wanted: "schema", state: "requested", requestedBy: null, requestedAt: new Date(0).toISOString() },
          ...{ finishedAt: null, attempts: 1, error: null, progress: {} },
          ...move,
        },
      ]
    : [];
  const client = new QueryClient();
  client.setQueryData(tenantIsolationQuery("t").queryKey, { level, generation: 1, moves });
  const tenant = { id: "t", plan: { isolation: byTier, state: "active" } } as TenantFacts;
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NextIntlClientProvider locale="en" messages={{ common, platform }} timeZone="UTC" now={new Date(0)}>
        <ToastProvider>
          <TenantIsolation tenant={tenant} />
        </ToastProvider>
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

const chosen = (html: string) => /<option value="([^"]*)" selected/.exec(html)?.[1];
const options = (html: string) => [...html.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value);

it("offers the other levels, the one of the tier first", () => {
  const html = shown("shared", "database");
  expect(options(html)).toEqual(["schema", "database", "dedicated-cluster"]);
  expect(chosen(html)).toBe("database");
  expect(html).toContain("Its tier says");
  expect(shown("database", "database")).not.toContain("Its tier says");
});

it("can not be asked twice, and tells how far it is", () => {
  const html = shown("shared", "schema", { state: "copying", attempts: 2, progress: { table: "events" } });
  expect(html).toMatch(/copying events, attempt 2/);
  expect(html).toMatch(/<button[^>]* disabled=""/);
});

it("tells what was verified, and why a move failed", () => {
  expect(shown("schema", "schema", { state: "done", progress: { rows: 5000, pauseMs: 120 } })).toMatch(
    /5,000 rows verified, who wrote waited 120 ms/,
  );
  const html = shown("shared", "schema", { state: "failed", error: "Another tenant publishes to am:9093 too." });
  expect(html).toContain("Another tenant publishes to am:9093 too.");
  expect(html).not.toMatch(/<button[^>]* disabled=""/);
});
