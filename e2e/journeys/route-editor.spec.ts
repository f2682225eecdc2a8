import { expect, type Page, test } from "@playwright/test";
import type { Config } from "@/lib/alertmanager";
import { mainThreadPerFrame, TRACED } from "../../lib/testing/bench/main-thread";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

const ROUTES = `route:
  receiver: default
  routes:
    - matchers: [team="database"]
      receiver: database
      routes:
        - matchers: [severity="critical"]
          receiver: pager
    - matchers: [team="web"]
      receiver: web
    - matchers: [team="shop"]
      receiver: web
    - matchers: [team=~"billing"]
receivers:
  - name: default
  - name: database
  - name: pager
  - name: web
  - name: nobody
`;
const slug = `routes-${Date.now().toString(36)}`;

/** A tenant whose alerts are known, with these routes in a change. */
async function open(page: Page, yaml = ROUTES): Promise<void> {
  const { change } = await callApi<{ change: { id: string } }>(page, "POST", `/api/${slug}/import`, {
    body: { yaml, title: "Routes" },
  });
  await page.evaluate(([name, id]) => localStorage.setItem(`signalbox.change.${name}`, id ?? ""), [slug, change.id]);
  await page.goto(`/${slug}/routes`);
  await expect(page.getByRole("list", { name: "Routes" })).toBeVisible({ timeout: 45_000 });
}

async function fire(page: Page): Promise<void> {
  const { token } = await callApi<{ token: string }>(page, "POST", `/api/${slug}/taps`, {
    body: { name: "Prometheus" },
    status: 201,
  });
  const startsAt = new Date(Date.now() - 600_000).toISOString();
  const labels = [
    { alertname: "Lag", team: "database", severity: "critical" },
    { alertname: "Slow", team: "database", severity: "warning" },
    { alertname: "Down", team: "web", severity: "critical" },
    { alertname: "Odd", team: "datalake", severity: "info" },
  ];
  const data = labels.map((one) => ({ labels: one, startsAt }));
  expect((await page.request.post(`/api/tap/${token}/api/v2/alerts`, { data })).status()).toBe(200);
}

const line = (page: Page, matcher: string) =>
  page.locator("[data-route]").filter({ has: page.locator("[data-route-row]", { hasText: matcher }) });
const button = (page: Page, matcher: string) => line(page, matcher).locator("[data-route-row]");
const numbers = (page: Page) =>
  page.locator("[data-route-row]").evaluateAll((rows) => rows.map((row) => row.textContent ?? ""));
/** `2.1 web` for the route of that number with the matcher `team="web"`. */
const order = async (page: Page) =>
  (await numbers(page)).map((text) =>
    text.startsWith("root") ? "root" : text.replace(/^([\d.]+)\w+=~?"?(\w+).*$/s, "$1 $2"),
  );

async function bothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    expect.soft(await barriers(page), colorScheme).toEqual([]);
  }
}

test.describe.configure({ mode: "serial" });
test.use({ viewport: { width: 1600, height: 1000 } });

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await signInWithOidc(page, "alice");
  await openTenant(page, slug, "Routes");
  await fire(page);
  await page.close();
});

test.afterAll(async ({ browser }) => {
  const page = await browser.newPage();
  await signInWithOidc(page, "alice");
  await leaveTenant(page, slug, browser);
  await page.close();
});

test.beforeEach(async ({ page }) => {
  await signInWithOidc(page, "alice");
});

test("routes are moved by keyboard and by dragging, marked and edited together", async ({ page }) => {
  await open(page);
  const start = ["root", "1 database", "1.1 critical", "2 web", "3 shop", "4 billing"];
  await expect.poll(() => order(page)).toEqual(start);

  await test.step("Alt with an arrow moves, and the cursor follows", async () => {
    await button(page, "shop").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => order(page)).toEqual([...start.slice(0, 3), "2 shop", "3 web", "4 billing"]);
    await expect(button(page, "shop")).toBeFocused();
    await page.keyboard.press("Alt+ArrowRight");
    await expect.poll(async () => (await order(page))[3]).toBe("1.2 shop");
    await page.keyboard.press("Alt+ArrowLeft");
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(() => order(page)).toEqual(start);
  });

  await test.step("so does dragging the handle", async () => {
    await line(page, "billing")
      .locator("[draggable=true]")
      .dragTo(line(page, "web"), { targetPosition: { x: 200, y: 3 } });
    await expect.poll(() => order(page)).toEqual([...start.slice(0, 3), "2 billing", "3 web", "4 shop"]);
  });

  await test.step("d duplicates, x and Shift mark, Delete takes all of them", async () => {
    await button(page, "shop").focus();
    await page.keyboard.press("d");
    await expect.poll(async () => (await order(page)).slice(-2)).toEqual(["4 shop", "5 shop"]);
    await button(page, "billing").focus();
    await page.keyboard.press("x");
    await button(page, "web").click({ modifiers: ["Shift"] });
    const bar = page.getByRole("region", { name: "Marked routes" });
    await expect(bar).toContainText("2 routes marked");
    await bar.getByRole("button", { name: "Set receiver" }).click();
    await page.getByRole("dialog").getByLabel("receiver").selectOption("nobody");
    await page.getByRole("dialog").getByRole("button", { name: "Set receiver" }).click();
    await expect(line(page, "billing")).toContainText("nobody");
    await expect(line(page, "web")).toContainText("nobody");
    await bar.getByRole("button", { name: "Move" }).click();
    const parent = page.getByRole("dialog").getByRole("combobox", { name: "Into the route" });
    await parent.fill("critical");
    await parent.press("ArrowDown");
    await parent.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Move" }).click();
    await expect
      .poll(() => order(page))
      .toEqual(["root", "1 database", "1.1 critical", "1.1.1 billing", "1.1.2 web", "2 shop", "3 shop"]);
    await bar.getByRole("button", { name: "Delete" }).click();
    await expect(bar).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect(page.locator("[data-route]")).toHaveCount(7);
  });

  await test.step("the filter keeps the way to what it finds", async () => {
    await page.getByRole("searchbox", { name: /^Filter/ }).fill("critical");
    await expect.poll(() => order(page)).toEqual(["root", "1 database", "1.1 critical"]);
    await bothThemes(page);
  });
});

test("alerts are counted, labels completed, findings repaired", async ({ page }) => {
  await open(page);
  await expect(line(page, "critical").getByTitle("Alerts that reached this route in the last 7 days: 1")).toBeVisible();
  await expect(line(page, "shop").getByTitle("Alerts that reached this route in the last 7 days: 0")).toBeVisible();

  await test.step("names and values of the tenant's own alerts, by keyboard", async () => {
    await button(page, "web").click();
    const matchers = page.getByRole("combobox", { name: "matchers" });
    await matchers.fill("tea");
    await expect(page.getByRole("option", { name: /^team/ })).toContainText("4");
    await matchers.press("ArrowDown");
    await matchers.press("Enter");
    await expect(matchers).toHaveValue('team="');
    await matchers.pressSequentially("data");
    await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(2);
    await expect(page.getByRole("listbox").getByRole("option").first()).toContainText("database");
    await bothThemes(page);
    await matchers.press("Escape");
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await matchers.press("ArrowDown");
    await matchers.press("ArrowDown");
    await matchers.press("Enter");
    await expect(matchers).toHaveValue('team="database"');
    await matchers.press("Enter");
    await expect(matchers).toHaveValue("");
    await button(page, "web").click();
  });

  await test.step("counts follow the edit", async () => {
    await expect(line(page, "web").getByTitle("Alerts that reached this route in the last 7 days: 0")).toBeVisible();
  });

  await test.step("a lint says how sure it is and mends what it found", async () => {
    await page.getByRole("tab", { name: /^Problems/ }).click();
    const problems = page.getByRole("tabpanel", { name: /^Problems/ });
    const finding = problems.getByRole("listitem").filter({ hasText: 'team=~"billing" has only one value' });
    await expect(finding).toContainText("Proven for every possible alert");
    await expect(problems).toContainText("No example seen in the last 7 days");
    await finding.getByRole("button", { name: "Write the equality" }).click();
    await expect(finding).toHaveCount(0);
    await expect.poll(async () => (await numbers(page)).at(-1)).not.toContain("=~");
  });
});

test("the graph shows where routes lead, a table edits those that are alike", async ({ page }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  await open(page);

  await test.step("the graph, by keyboard", async () => {
    await page.getByRole("button", { name: "Graph", exact: true }).click();
    await expect(page).toHaveURL(/view=graph/);
    const graph = page.getByRole("region", { name: "Graph of routes and receivers" });
    await expect(graph.getByText("nobody")).toHaveCount(0);
    await expect(graph.getByText("pager")).toBeVisible();
    const critical = graph.getByRole("button", { name: '1.1: severity="critical"' });
    const box = await critical.boundingBox();
    const root = await graph.getByRole("button", { name: /^root/ }).boundingBox();
    expect(box?.x).toBeGreaterThan(root?.x ?? 0);
    await critical.focus();
    await page.keyboard.press("Enter");
    await expect(critical).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByRole("combobox", { name: "matchers" })).toBeVisible();
    await bothThemes(page);
  });

  await test.step("the table: cells, lines, a spreadsheet", async () => {
    await page.getByRole("button", { name: "Table", exact: true }).click();
    const table = page.getByRole("table", { name: "Routes by team below root (2)" });
    await expect(table).toBeVisible();
    await table.getByRole("textbox", { name: "team of route 3" }).fill("market");
    await table.getByRole("textbox", { name: "group_wait of route 3" }).fill("5s");
    await page.getByRole("textbox", { name: "New value of team" }).fill("search");
    await page.getByRole("button", { name: "Add a line" }).click();
    await page.getByRole("button", { name: "Paste from a spreadsheet" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Lines").fill("team\treceiver\nsearch\tpager\nads\tweb\t1m");
    await expect(dialog).toContainText("1 new, 1 changed");
    await dialog.getByRole("button", { name: "Take them over" }).click();
    await expect(page.getByRole("table", { name: "Routes by team below root (4)" })).toBeVisible();
    await bothThemes(page);
    await page.getByRole("button", { name: "Tree", exact: true }).click();
    await expect
      .poll(async () => (await order(page)).slice(3))
      .toEqual(["2 web", "3 market", "4 search", "5 ads", "6 billing"]);
    await expect(line(page, "ads")).toContainText("web");
    await expect(line(page, "search")).toContainText("pager");
  });
  expect(refused).toEqual([]);
});

test("on a telephone nothing is wider than the screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  for (const view of ["Tree", "Graph", "Table"]) {
    await page.getByRole("button", { name: view, exact: true }).click();
    await expect(page.getByRole("button", { name: view, exact: true })).toHaveAttribute("aria-pressed", "true");
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(390);
  }
});

test("5,000 routes are scrolled through, and few of them are in the page", async ({ page, browser }) => {
  test.setTimeout(180_000);
  const route = (_: unknown, index: number): NonNullable<Config["route"]> => ({
    id: "",
    matchers: [`team="team-${index}"`, `severity="${index % 2 ? "critical" : "warning"}"`],
    receiver: index % 3 ? "web" : "pager",
  });
  const lines = Array.from({ length: 5000 }, route).map(
    ({ matchers, receiver }) => `    - { matchers: ['${matchers?.join("', '")}'], receiver: ${receiver} }`,
  );
  await open(
    page,
    `route:\n  receiver: web\n  routes:\n${lines.join("\n")}\nreceivers: [{name: web}, {name: pager}]\n`,
  );
  await expect(line(page, '"team-0"')).toBeVisible();
  await browser.startTracing(page, { categories: TRACED });
  const rowsInPage = await page.evaluate(scrolled);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const frames = mainThreadPerFrame(traceEvents, "tdur").toSorted((left, right) => left - right);
  const [median = 0, p95 = 0] = [0.5, 0.95].map((share) => frames[Math.floor(frames.length * share)] ?? 0);
  const description = `${median} ms of a frame on a processor, p95 ${p95} ms, ${rowsInPage} rows at most`;
  test.info().annotations.push({ type: "scroll", description });
  // The page's own work, whoever else is at work on this machine: what 60 frames a second leave to one.
  expect(median, description).toBeLessThan(1_000 / 60);
  expect(rowsInPage).toBeLessThan(500);
  // From end to end in long leaps.
  const leapt = await page.evaluate(leaps);
  expect(leapt).toBeLessThan(500);
  await expect
    .poll(async () => {
      await page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
      return line(page, '"team-4999"').count();
    })
    .toBe(1);
  await page.getByRole("searchbox", { name: /^Filter/ }).fill("team-4321");
  await expect(line(page, '"team-4321"')).toBeVisible();
  await expect(page.locator("[data-route]")).toHaveCount(2);
});

/** In the page, as a wheel does it: the most rows that were there at once. */
async function scrolled(): Promise<number> {
  let most = 0;
  for (let step = 0; step < 120; step++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    window.scrollBy({ top: 120, behavior: "instant" });
    if (step % 10 === 0) most = Math.max(most, document.querySelectorAll("[data-route]").length);
  }
  return most;
}

/** In the page. */
async function leaps(): Promise<number> {
  let most = 0;
  for (let step = 1; step <= 80; step++) {
    window.scrollTo({ top: (document.documentElement.scrollHeight * step) / 80, behavior: "instant" });
    await new Promise((resolve) => requestAnimationFrame(resolve));
    most = Math.max(most, document.querySelectorAll("[data-route]").length);
  }
  return most;
}
