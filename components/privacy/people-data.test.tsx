import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ErasureDto } from "@/lib/privacy/contract";
import common from "../messages/en/common.json";
import privacy from "../messages/en/privacy.json";
import { ToastProvider } from "../ui/toast";
import { erasuresQuery, PeopleData } from "./people-data";

const erasure = (more: Partial<ErasureDto>): ErasureDto => ({
  ...{ id: "11111111-0000-4000-8000-000000000000", requestedAt: new Date(0).toISOString() },
  ...{ step: "tenants", error: null, receipt: null },
  ...more,
});

const RECEIPT: NonNullable<ErasureDto["receipt"]> = {
  ...{ id: "22222222-0000-4000-8000-000000000000", requestedBy: "own", rows: { people: 1 }, tenants: 2 },
  ...{ requestedAt: new Date(0).toISOString(), finishedAt: new Date(0).toISOString(), salt: "00", hash: "11" },
  proof: { log: "00000000-0000-0000-0000-000000000000", position: 7, leafHash: "ab" },
};

function shown(list: ErasureDto[]): string {
  const client = new QueryClient();
  client.setQueryData(erasuresQuery.queryKey, list);
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NextIntlClientProvider locale="en" messages={{ common, privacy }} timeZone="UTC" now={new Date(0)}>
        <ToastProvider>
          <PeopleData />
        </ToastProvider>
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

it("tells where each erasure is, why one waits, and offers the receipt of those that are over", () => {
  const html = shown([
    erasure({ step: "done", id: RECEIPT.id, receipt: RECEIPT }),
    erasure({ error: "This is the last admin." }),
    erasure({ id: "33333333-0000-4000-8000-000000000000", step: "person" }),
  ]);
  expect(html).toContain('aria-label="Save the receipt of 22222222"');
  expect(html.match(/Save the receipt/g)).toHaveLength(1);
  for (const text of ["Waits, and is tried again: This is the last admin.", "person and key", "done"])
    expect(html).toContain(text);
});

it("takes nothing without an address, and says so when nobody was erased", () => {
  const html = shown([]);
  expect(html).toContain("Nobody was erased");
  expect(html.match(/<button[^>]*disabled=""/g)).toHaveLength(2);
});
