import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { chromium, type Response } from "@playwright/test";
import { browserLaunch } from "@/e2e/fixtures/browser";
import type { ApiPerson } from "../api-person";
import { figure, note, section } from "./figures";

interface Chunk {
  name: string;
  bytes: number;
}

/** The scripts of the receivers page for a browser without a cache: those that the page names, and all that it fetches. */
export async function benchPageWeight(base: string, person: ApiPerson): Promise<void> {
  section("First load of the receivers page (JavaScript, gzip)");
  const html = await person.call<string>("GET", "/demo/receivers");
  const named = new Set([...html.matchAll(/<script[^>]*?\ssrc="([^"]+)"[^>]*>/g)].flatMap(scriptOf));
  if (named.size === 0) throw new Error("the receivers page names no script");
  const chunks = await Promise.all(
    [...named].map(async (address) => weigh(address, await (await fetch(new URL(address, base))).arrayBuffer())),
  );
  figure({ what: `${chunks.length} scripts that the page names`, value: kilobytes(chunks), unit: "kB", goal: 200 });
  const heaviest = chunks.toSorted((a, b) => b.bytes - a.bytes).slice(0, 12);
  for (const { name, bytes } of heaviest) note(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${name}`);
  const fetched = await fetchedByBrowser(base, person);
  const what = `${fetched.length} scripts fetched until it is idle`;
  figure({ what, value: kilobytes(fetched), unit: "kB" });
  note("    with the validation's worker and the pages that it links to");
}

async function fetchedByBrowser(base: string, person: ApiPerson): Promise<Chunk[]> {
  const browser = await chromium.launch(browserLaunch());
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: base })));
    const page = await context.newPage();
    const responses = new Map<string, Response>();
    context.on("response", (response) => {
      if (/\.m?js$/.test(new URL(response.url()).pathname)) responses.set(response.url(), response);
    });
    await page.goto(`${base}/demo/receivers`);
    await page.getByRole("searchbox").waitFor({ timeout: 60_000 });
    // What the page asks for once it is alive comes in turns: the document, then the worker that judges it.
    await sleep(5_000);
    await page.waitForLoadState("networkidle");
    return await Promise.all([...responses].map(async ([url, response]) => weigh(url, await response.body())));
  } finally {
    await browser.close();
  }
}

function weigh(address: string, source: ArrayBuffer | Buffer): Chunk {
  return {
    name: address.split("/").at(-1) ?? "",
    bytes: gzipSync(Buffer.from(source as ArrayBuffer), { level: 6 }).length,
  };
}

function kilobytes(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
}

/** Browsers that know modules, which are all that this app supports, skip the others. */
function scriptOf([tag, address = ""]: RegExpExecArray | RegExpMatchArray): string[] {
  return /\snomodule/i.test(tag) ? [] : [address.replaceAll("&amp;", "&")];
}
