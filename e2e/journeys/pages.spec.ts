import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { barriers } from "../fixtures/barriers";
import { type ImportedChange, PAGES, prepare, type SignedIn, settled } from "../fixtures/pages";

/** What a page must not do while it loads, in the order in which it did it. */
async function watch(page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
      console.error(`CSP ${effectiveDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  return faults;
}

test.describe("every page, in light and dark: accessible, inside its CSP, without an error", () => {
  let alice: SignedIn;
  let change: ImportedChange;
  /** One for all pages of the same visitor: what they share is loaded once. */
  const visitors = new Map<string, BrowserContext>();

  async function visitor(browser: Browser, needs: string): Promise<BrowserContext> {
    const known = visitors.get(needs);
    if (known) return known;
    const signedIn = needs === "alice" ? { storageState: alice } : {};
    const context = await browser.newContext({ colorScheme: "light", reducedMotion: "reduce", ...signedIn });
    visitors.set(needs, context);
    return context;
  }

  test.beforeAll(async ({ browser }) => {
    ({ alice, change } = await prepare(browser));
  });
  test.afterAll(async () => {
    for (const context of visitors.values()) await context.close();
  });

  for (const { name, needs, path } of PAGES) {
    test(name, async ({ browser }) => {
      const page = await (await visitor(browser, needs)).newPage();
      const faults = await watch(page);
      const answer = await page.goto(path(change));
      expect(answer?.status()).toBe(200);
      await settled(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
        expect.soft(faults, colorScheme).toEqual([]);
        // All that axe knows in light; of dark, what the theme changes.
        const rules = colorScheme === "dark" ? ["color-contrast"] : undefined;
        expect.soft(await barriers(page, { rules }), colorScheme).toEqual([]);
      }
      await page.close();
    });
  }
});
