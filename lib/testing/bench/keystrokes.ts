import { availableParallelism, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { browserLaunch } from "@/e2e/fixtures/browser";
import type { ApiPerson } from "../api-person";
import { figure, note, quantile, section } from "./figures";
import { largeConfig } from "./large-config";
import { mainThreadPerKey, TRACED } from "./main-thread";

const RECEIVERS = 1_000;
const KEYS = 60;
/** Long enough for diagnostics and YAML of a key to be there before the next one, short enough that nothing is saved yet. */
const BETWEEN_MS = 450;
const TEXT = "the-quick-brown-fox-jumps-over-the-lazy-dog-and-runs-away-again";

interface Imported {
  change: {
    id: string;
    document: { config: { receivers: { id: string; name: string }[]; route: { routes: { id: string }[] } } };
  };
}

interface Form {
  what: string;
  path: string;
  label: string;
  /** What the live pane says once it has looked at the document. */
  shown: string;
}

/** What a key costs the page's main thread, from the key until diagnostics and YAML are shown. */
export async function benchKeystrokes(base: string, person: ApiPerson): Promise<void> {
  const { change } = await person.call<Imported>("POST", "/api/demo/import", {
    body: { yaml: largeConfig(RECEIVERS), title: "Keystrokes" },
    timeoutMs: 120_000,
  });
  const { receivers, route } = change.document.config;
  const forms: Form[] = [
    { what: "a receiver", path: `receivers/${receivers[RECEIVERS / 2]?.id}`, label: "channel", shown: "Reached by" },
    {
      what: "a route",
      path: `routes?route=${route.routes[RECEIVERS / 2]?.id}`,
      label: "group_wait",
      shown: "resolve_timeout",
    },
  ];
  const browser = await chromium.launch(browserLaunch());
  try {
    const theirs = await bareInput(browser);
    for (const form of forms)
      await benchForm(browser, await signedIn(browser, base, person, change.id), base, form, theirs);
  } finally {
    await browser.close();
  }
}

async function benchForm(
  browser: Browser,
  page: Page,
  base: string,
  { what, path, label, shown }: Form,
  theirs: Traced,
) {
  section(`Typing into ${what}, ${RECEIVERS} receivers and routes, real browser (main-thread time per key)`);
  await page.goto(`${base}/demo/${path}`);
  const field = page.getByLabel(label, { exact: true });
  await field.waitFor({ timeout: 60_000 });
  await page.getByRole("complementary").getByText(shown).first().waitFor({ timeout: 60_000 });
  const ours = await typed(browser, page, () => field.click());
  const answers = await page.evaluate(() => (globalThis as { analyses?: number[] }).analyses ?? []);
  const held = await field.inputValue();
  if (!held.endsWith(TEXT.slice(0, KEYS))) throw new Error(`the field holds ${JSON.stringify(held)}`);
  if (answers.length < KEYS) throw new Error(`${answers.length} analyses for ${KEYS} keys`);
  for (const [share, goal] of [
    [0.5, undefined],
    [0.95, 16],
  ] as const) {
    const peer = { name: "a bare <input>", value: quantile(theirs.busy, share) };
    figure({
      what: `per key: p${share * 100}`,
      value: quantile(ours.busy, share),
      unit: "ms",
      peer,
      ...(goal ? { goal } : {}),
    });
  }
  figure({
    what: "of it on a processor: p95",
    value: quantile(ours.working, 0.95),
    unit: "ms",
    peer: { name: "a bare <input>", value: quantile(theirs.working, 0.95) },
  });
  figure({ what: "from a key to its diagnostics and YAML: p95", value: quantile(answers, 0.95), unit: "ms" });
  note(
    `    ${ours.busy.length} keys, one every ${BETWEEN_MS} ms; ${loadavg()[0]?.toFixed(1)} processes wanted the ${availableParallelism()} processors`,
  );
  await page.context().close();
}

async function signedIn(browser: Browser, base: string, person: ApiPerson, change: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: base })));
  const page = await context.newPage();
  await page.addInitScript((id) => localStorage.setItem("signalbox.change.demo", id), change);
  await page.addInitScript(watchAnalyses);
  return page;
}

/** In the page: how long after the last key the worker's answer was there. */
function watchAnalyses(): void {
  const analyses: number[] = [];
  let lastKey = 0;
  Object.assign(globalThis, { analyses });
  addEventListener(
    "keydown",
    () => {
      lastKey = performance.now();
    },
    true,
  );
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener("message", ({ data }) => {
        if (data?.kind === "analysis" && lastKey > 0) analyses.push(performance.now() - lastKey);
      });
    }
  };
}

async function bareInput(browser: Browser): Promise<Traced> {
  const page = await browser.newPage();
  await page.setContent("<title>bare</title><input autofocus>");
  return typed(browser, page, () => page.locator("input").click());
}

/** Per key in ms: how long the thread was at it, and how much of that it had a processor. */
interface Traced {
  busy: number[];
  working: number[];
}

async function typed(browser: Browser, page: Page, focus: () => Promise<void>): Promise<Traced> {
  await focus();
  await page.keyboard.press("End");
  await sleep(1_500);
  await browser.startTracing(page, { categories: TRACED });
  for (const key of TEXT.slice(0, KEYS)) {
    await page.keyboard.press(key);
    await sleep(BETWEEN_MS);
  }
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString());
  return {
    busy: mainThreadPerKey(traceEvents, BETWEEN_MS),
    working: mainThreadPerKey(traceEvents, BETWEEN_MS, "tdur"),
  };
}
