import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { KeyDto, KeyringDto } from "@/lib/secrets/contract";
import common from "../messages/en/common.json";
import keys from "../messages/en/keys.json";
import { ToastProvider } from "../ui/toast";
import { KeysPage } from "./keys-page";
import { keyringQuery } from "./queries";

const key = (version: number, state: KeyDto["state"], more: Partial<KeyDto> = {}): KeyDto => ({
  ...{ version, state, provider: "file", keyId: "ab12", algorithm: "aes-256-gcm", uses: 1200, dataKeys: 3 },
  ...{ createdAt: new Date(0).toISOString(), createdBy: "system", ok: true, detail: "" },
  ...more,
});

function shown(
  list: KeyDto[],
  counts: { total: number; rewrapped: number },
  replaced = { sealing: 0, unused: 0, destroyed: 0 },
): string {
  const client = new QueryClient();
  const keyring: KeyringDto = {
    minimumVersion: 1,
    keys: list,
    dataKeys: { ...counts, usesLimit: 2_147_483_648, replaced, mostUsed: [] },
    provider: "pkcs11",
    rotation: { keys: 0, dataKeys: 365 },
  };
  client.setQueryData(keyringQuery.queryKey, keyring);
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NextIntlClientProvider locale="en" messages={{ common, keys }} timeZone="UTC" now={new Date(0)}>
        <ToastProvider>
          <KeysPage />
        </ToastProvider>
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

const disabled = (html: string, text: string) =>
  new RegExp(`<button[^>]*disabled=""[^>]*>(?:(?!</button>).)*${text}`).test(html);

it("tells what each key is, and what is replaced when", () => {
  const html = shown([key(1, "primary")], { total: 3, rewrapped: 3 });
  for (const text of ["1,200", "ab12", "primary", "key file", "by hand", "hardware token", "2,147,483,648", "365 days"])
    expect(html).toContain(text);
  expect(html).not.toContain("<progress");
  expect(disabled(html, "Rewrap data keys")).toBe(true);
  expect(disabled(html, "Refuse older keys")).toBe(true);
});

it("older keys can be refused only when nothing is wrapped by them", () => {
  const both = [key(2, "primary"), key(1, "older")];
  const under = shown(both, { total: 6, rewrapped: 2 });
  expect(under).toContain("2 of 6 data keys");
  expect(under).toMatch(/<progress[^>]*value="2"/);
  expect(disabled(under, "Refuse older keys")).toBe(true);
  expect(disabled(under, "Rewrap data keys")).toBe(false);
  expect(disabled(shown(both, { total: 6, rewrapped: 6 }), "Refuse older keys")).toBe(false);
});

it("a key that cannot be used says why", () => {
  const html = shown([key(1, "primary", { ok: false, detail: "The key file is missing." })], {
    total: 0,
    rewrapped: 0,
  });
  expect(html).toContain("cannot be used");
  expect(html).toContain("The key file is missing.");
});

it("tells of data keys that were replaced, and lets seal again only what is left to do", () => {
  const counts = { total: 3, rewrapped: 3 };
  expect(shown([key(1, "primary")], counts)).not.toContain("replaced data keys");
  const half = shown([key(1, "primary")], counts, { sealing: 2, unused: 1, destroyed: 1400 });
  for (const text of ["2 still seal something", "1 seal nothing", "1,400 are destroyed", "Seal again now"])
    expect(half).toContain(text);
  expect(shown([key(1, "primary")], counts, { sealing: 0, unused: 1, destroyed: 3 })).not.toContain("Seal again now");
});
