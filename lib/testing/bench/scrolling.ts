import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { browserLaunch } from "@/e2e/fixtures/browser";
import type { ApiPerson } from "../api-person";
import { figure, note, quantile, section } from "./figures";
import { mainThreadPerFrame, TRACED } from "./main-thread";

const ROUTES = 5_000;
const SECONDS = 3;
/** Pixels per frame: some two hundred rows a second, as a wheel that is turned fast. */
const STEP = 120;
/** What a frame may cost at 60 a second. */
const FRAME_MS = 16;

/** What a frame costs the page's main thread while the tree of routes is scrolled through. */
export async function benchScrolling(base: string, person: ApiPerson): Promise<void> {
  const { change } = await person.call<{ change: { id: string } }>("POST", "/api/demo/import", {
    body: { yaml: manyRoutes(), title: "Scrolling" },
    timeoutMs: 120_000,
  });
  const browser = await chromium.launch(browserLaunch());
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
    await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: base })));
    const page = await context.newPage();
    await page.addInitScript((id) => localStorage.setItem("signalbox.change.demo", id), change.id);
    await page.goto(`${base}/demo/routes`);
    await page.locator("[data-route]").nth(20).waitFor({ timeout: 60_000 });
    // The checks of the whole document go on in the worker for a while.
    await sleep(10_000);
    section(`Scrolling through ${ROUTES} routes, real browser, ${SECONDS} s of ${STEP} pixels a frame`);
    await benchScroll(browser, page);
  } finally {
    await browser.close();
  }
}

async function benchScroll(browser: Browser, page: Page): Promise<void> {
  await browser.startTracing(page, { categories: TRACED });
  const { intervals, rows } = await page.evaluate(scrolled, { seconds: SECONDS, step: STEP });
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const working = mainThreadPerFrame(traceEvents, "tdur");
  const value = quantile(working, 0.95);
  figure({ what: "of a frame on a processor: p95", value, unit: "ms", goal: FRAME_MS });
  figure({ what: "    p50", value: quantile(working, 0.5), unit: "ms" });
  figure({ what: "    the most", value: Math.max(...working), unit: "ms" });
  figure({ what: "by the clock: p95", value: quantile(mainThreadPerFrame(traceEvents), 0.95), unit: "ms" });
  figure({ what: "between two frames: p50", value: quantile(intervals, 0.5), unit: "ms" });
  figure({ what: "    p95", value: quantile(intervals, 0.95), unit: "ms" });
  note(`    ${intervals.length} frames, at most ${rows} rows in the page`);
}

/** In the page. */
async function scrolled({ seconds, step }: { seconds: number; step: number }) {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const intervals: number[] = [];
  let rows = 0;
  const began = await frame();
  for (let before = began; before - began < seconds * 1_000; ) {
    window.scrollBy({ top: step, behavior: "instant" });
    const now = await frame();
    intervals.push(now - before);
    before = now;
    if (intervals.length % 10 === 0) rows = Math.max(rows, document.querySelectorAll("[data-route]").length);
  }
  return { intervals, rows };
}

function manyRoutes(): string {
  const lines = Array.from({ length: ROUTES }, (_, index) => {
    const severity = index % 2 ? "critical" : "warning";
    return `    - { matchers: ['team="team-${index}"', 'severity="${severity}"'], receiver: ${index % 3 ? "web" : "pager"} }`;
  });
  return `route:\n  receiver: web\n  routes:\n${lines.join("\n")}\nreceivers: [{name: web}, {name: pager}]\n`;
}
