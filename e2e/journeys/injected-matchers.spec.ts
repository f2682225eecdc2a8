import { mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

const slug = `injected-${Date.now().toString(36)}`;
const TARGET = `${slug}-production`;
const YAML = `route:
  receiver: shop
  routes:
    - matchers: [severity="critical"]
      receiver: pager
receivers:
  - name: shop
  - name: pager
`;
const FROM = `The owner of ${TARGET} asks this of every alert. It cannot be changed here.`;

async function prepare(page: Page): Promise<void> {
  const tenantId = await openTenant(page, slug, "Injected");
  const root = path.join(realpathSync(String(test.info().config.metadata.targets)), slug);
  mkdirSync(root, { recursive: true });
  await callApi(page, "POST", "/api/platform/targets", {
    body: { kind: "file", tenantId, name: TARGET, path: path.join(root, "alertmanager.yml"), version: "0.28" },
  });
  const { change } = await callApi<{ change: { id: string } }>(page, "POST", `/api/${slug}/import`, {
    body: { yaml: YAML, title: "Routes of the shop" },
  });
  await page.evaluate(([name, id]) => localStorage.setItem(`signalbox.change.${name}`, id ?? ""), [slug, change.id]);
}

async function bothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    expect.soft(await barriers(page), colorScheme).toEqual([]);
  }
}

/** Greyed, with a lock, in words where it comes from, and nothing in it to press or to write into. */
async function isLocked(chip: Locator): Promise<void> {
  await expect(chip).toBeVisible();
  await expect(chip).toContainText('namespace="shop"');
  await expect(chip).toContainText(FROM);
  await expect(chip.locator("svg")).toHaveCount(1);
  await expect(chip).toHaveCSS("filter", "grayscale(1)");
  await expect(chip.locator("input, button, a, [contenteditable]")).toHaveCount(0);
}

test("what a target's owner puts before the routes is shown to the tenant, locked, and never published", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  await signInWithOidc(page, "alice");
  await prepare(page);
  const target = page.getByRole("row").filter({ hasText: TARGET });
  const open = page.getByRole("button", { name: `Injected matchers of ${TARGET}` });
  const dialog = page.getByRole("dialog", { name: `Injected matchers of ${TARGET}` });
  const matchers = dialog.getByRole("textbox", { name: "Injected matchers" });
  const write = async (text: string) => {
    await open.click();
    await matchers.fill(text);
    await dialog.getByRole("button", { name: "Save" }).click();
  };

  /** The tree comes when the worker has read the configuration. */
  const routes = async (): Promise<Locator> => {
    await page.goto(`/${slug}/routes`);
    await expect(page.getByRole("list", { name: "Routes" })).toBeVisible({ timeout: 45_000 });
    return page.locator("[data-route]").first();
  };

  await test.step("without them the root takes every alert", async () => {
    await expect(await routes()).toContainText("every alert");
    await expect(page.getByTitle(FROM)).toHaveCount(0);
  });

  await test.step("an operator is told what is wrong with one, and sets it", async () => {
    await page.goto("/platform/targets");
    await open.click();
    await expect(dialog).toContainText("They are shown and checked everywhere, and never published.");
    await expect(matchers).toHaveValue("");
    await bothThemes(page);
    await matchers.fill("namespace");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByRole("alert")).toContainText("cannot be read");
    await matchers.fill("namespace=shop");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(target).toContainText('namespace="shop"');
    await open.click();
    await expect(matchers).toHaveValue('namespace="shop"');
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(open).toBeFocused();
  });

  await test.step("the tenant's root shows it locked, in the tree, the form and the graph", async () => {
    const root = await routes();
    await isLocked(root.getByTitle(FROM));
    await expect(page.getByTitle(FROM)).toHaveCount(1);
    await root.locator("[data-route-row]").click();
    const form = page.locator("section, div").filter({ hasText: "It counts in everything that is shown" }).last();
    await expect(form).toContainText("is not part of what is published");
    await expect(page.getByTitle(FROM)).toHaveCount(2);
    await isLocked(page.getByTitle(FROM).last());
    await bothThemes(page);
    await page.getByRole("button", { name: "Graph", exact: true }).click();
    const graph = page.getByRole("region", { name: "Graph of routes and receivers" });
    await expect(graph.getByRole("button", { name: /^root.*namespace="shop"/ })).toBeVisible();
  });

  await test.step("what is published holds nothing of it", async () => {
    await page.getByRole("button", { name: "Tree", exact: true }).click();
    const yaml = page.getByRole("tabpanel", { name: "YAML" });
    await page.getByRole("tab", { name: "YAML" }).click();
    await expect(yaml).toContainText('severity="critical"');
    await expect(yaml).not.toContainText("namespace");
  });

  await test.step("the tester says that it keeps an alert out", async () => {
    await page.goto(`/${slug}/tester`);
    const paste = page.getByRole("button", { name: "Paste", exact: true });
    await expect(paste).toBeVisible({ timeout: 45_000 });
    await paste.click();
    const alert = page.getByLabel("Alerts as text", { exact: true });
    await alert.fill('alertname="Slow", namespace="billing"');
    await expect(page.getByText("The target’s owner keeps this alert from these routes")).toBeVisible();
    await isLocked(page.getByTitle(FROM).first());
    await bothThemes(page);
    await alert.fill('alertname="Slow", namespace="shop"');
    await expect(page.getByRole("region", { name: "Result for Slow" })).toContainText("shop");
    await expect(page.getByText("The target’s owner keeps this alert from these routes")).toHaveCount(0);
  });

  await test.step("taken away by the operator, it is gone for the tenant", async () => {
    await page.goto("/platform/targets");
    await write("");
    await expect(dialog).toBeHidden();
    await expect(target).not.toContainText("namespace");
    await expect(await routes()).toContainText("every alert");
    await expect(page.getByTitle(FROM)).toHaveCount(0);
  });

  await leaveTenant(page, slug, browser);
});
