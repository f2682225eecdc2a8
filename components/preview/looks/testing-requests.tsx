import { readFileSync } from "node:fs";
import path from "node:path";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import type { IntegrationKey } from "@/lib/alertmanager";
import type { HttpRequest, SmtpRequest } from "@/lib/alertmanager/notifications/request";
import en from "../../messages/en/looks.json";
import { LooksLike } from "./looks-like";

type Request = HttpRequest | SmtpRequest;

export const NOW = "2026-01-02T10:42:00Z";

/** For tests: the markup of what a reader sees. */
export function drawn(integration: IntegrationKey, requests: readonly Request[]): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ looks: en }}>
      <LooksLike integration={integration} requests={requests} now={NOW} />
    </NextIntlClientProvider>,
  );
}

const BREAK = /(?=<button)|<\/(?:p|div|dt|dd|li|pre|tr|blockquote|summary|button)>|<(?:br|hr)\/>/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#x27": "'" };

/** The words of a markup, as they stand on a screen. */
export function words(markup: string): string {
  return markup
    .replace(BREAK, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|amp|quot|#x27);/g, (_, name: string) => ENTITIES[name] ?? "")
    .replace(/\n{2,}/g, "\n");
}

/** A request to a place of no interest. */
export function posted(body: unknown, given: Partial<HttpRequest> = {}): HttpRequest {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    method: "POST",
    scheme: "https",
    host: "chat.example.org",
    path: "/hook",
    headers: [],
    body: text,
    ...given,
  };
}

interface Recorded {
  id: string;
  requests: (Request & { phase: number })[];
}

const file = path.join(import.meta.dirname, "../../../lib/alertmanager/notifications/testdata/notifications.jsonl");

/** What a real Alertmanager was recorded to send: cases by the name of their integration. */
export const RECORDED: readonly Recorded[] = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

/** The requests of one phase of a recorded case. @throws when there are none. */
export function recorded(id: string, phase = 0): Request[] {
  const found = RECORDED.find((one) => one.id === id)?.requests.filter((request) => request.phase === phase);
  if (!found?.length) throw new Error(`no requests of ${id} in phase ${phase}`);
  return found;
}
