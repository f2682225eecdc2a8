import path from "node:path";
import { test } from "@playwright/test";
import { type ImportedChange, PAGES, prepare, type SignedIn, settled } from "../fixtures/pages";

const FOLDER = path.join(import.meta.dirname, "../../screenshots");

const LOOKS = [
  { suffix: "light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { suffix: "dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { suffix: "390", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;

let alice: SignedIn;
let change: ImportedChange;

test.beforeAll(async ({ browser }) => {
  ({ alice, change } = await prepare(browser));
});

for (const { suffix, colorScheme, viewport } of LOOKS) {
  test(`pictures, ${suffix}`, async ({ browser }) => {
    test.setTimeout(180_000);
    for (const { name, needs, path: pathOf } of PAGES) {
      await test.step(name, async () => {
        const context = await browser.newContext({
          colorScheme,
          viewport,
          reducedMotion: "reduce",
          ...(needs === "alice" ? { storageState: alice } : {}),
        });
        const page = await context.newPage();
        await page.goto(pathOf(change));
        await settled(page);
        await page.screenshot({ path: path.join(FOLDER, `${name}-${suffix}.png`), animations: "disabled" });
        await context.close();
      });
    }
  });
}
