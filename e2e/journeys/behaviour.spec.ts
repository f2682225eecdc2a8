import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import type { Config } from "@/lib/alertmanager";
import type { Firings } from "@/lib/history/contract";
import { callApi } from "../fixtures/api";
import { signInWithOidc } from "../fixtures/sign-in";

interface Change {
  id: string;
  version: number;
  document: { config: Config };
}

/** The route to the pager below the database team's, for critical alerts of the demonstration. */
function pagerRoute({ document }: Pick<Change, "document">): string {
  const team = document.config.route?.routes?.find(({ matchers }) => matchers?.join().includes("database"));
  const route = team?.routes?.find(({ receiver }) => receiver === "database-pager");
  if (!route) throw new Error("the demonstration has no route to its database pager");
  return route.id;
}

/** What the app published by itself when it began; a while after it is ready. */
async function liveDemo(page: Page): Promise<Pick<Change, "document">> {
  await expect
    .poll(async () => (await callApi<{ revision: number | null }>(page, "GET", "/api/demo/live")).revision)
    .not.toBeNull();
  return callApi(page, "GET", "/api/demo/live");
}

async function criticalAlerts(page: Page): Promise<number> {
  const { sets } = await callApi<Firings>(page, "GET", "/api/demo/alerts/firings?days=7");
  const critical = sets.filter(({ labels }) => labels.team === "database" && labels.severity === "critical");
  return critical.reduce((sum, { firings }) => sum + firings.length / 2, 0);
}

async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(" ")}`));
}

test("who loses pages is said while a route is edited, and before it is published", async ({ page }) => {
  test.setTimeout(120_000);
  await signInWithOidc(page, "alice");
  const route = pagerRoute(await liveDemo(page));
  const count = await criticalAlerts(page);
  expect(count).toBeGreaterThan(5);
  const change = await callApi<Change>(page, "POST", "/api/demo/changes", { body: { title: "Mail is enough" } });
  await page.evaluate((id) => localStorage.setItem("signalbox.change.demo", id), change.id);

  await page.goto(`/demo/routes?route=${route}`);
  const behaviour = page.getByRole("region", { name: "Behaviour:" });
  const receiver = page.getByLabel("receiver", { exact: true });
  await expect(receiver).toHaveValue("database-pager");
  await expect(behaviour).toBeHidden();
  await receiver.selectOption("database-mail");
  await expect(behaviour).toContainText(`0 gained, 0 lost, ${count} moved in 7 days`);
  await expect(behaviour).toContainText("1 receiver loses pages");
  await receiver.selectOption("database-pager");
  await expect(behaviour).toBeHidden();
  await receiver.selectOption("database-mail");
  await expect(behaviour).toContainText(`${count} moved`);
  await expect(page.getByRole("status").filter({ hasText: /· saved/ })).toBeVisible();
  await behaviour.getByRole("link", { name: "Review" }).click();

  await expect(page.getByText("Plan:")).toBeVisible();
  await expect(page.getByText(`Behaviour: 0 gained, 0 lost, ${count} moved in 7 days`)).toBeVisible();
  const notice = page.getByRole("alert").filter({ hasText: "1 receiver loses pages" });
  await expect(notice).toContainText(`database-pager is no longer paged for ${count} alerts of the last 7 days`);
  await expect(notice).toContainText(`${count} of these alerts page nobody any more`);
  const publish = page.getByRole("button", { name: "Publish", exact: true });
  const order = await notice.evaluate(
    (one, other) => one.compareDocumentPosition(other as Node),
    await publish.elementHandle(),
  );
  expect(order & 4, "the notice comes before the button").toBe(4);

  const receivers = page.getByRole("table", { name: "Receivers with their alerts and notifications" });
  await expect(receivers.getByRole("row", { name: /^database-pager/ })).toContainText(`loses ${count} pages`);
  await expect(receivers.getByRole("row", { name: /^database-mail/ })).toContainText(`${count} moved here`);
  await expect(receivers.getByText("estimated")).toBeVisible();
  await expect(page.getByText(`${count} alerts: page → mail`)).toBeVisible();

  const flow = page.getByRole("button", { name: "Show the alerts from database-pager to database-mail" });
  await flow.focus();
  await page.keyboard.press("Enter");
  await expect(flow).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("From database-pager to database-mail")).toBeVisible();
  await expect(page.getByText(`${count} alerts in 7 days`)).toBeVisible();
  await page.getByRole("button", { name: "lost 0" }).click();
  await expect(page.getByText("None of this kind.")).toBeVisible();

  expect(await barriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(notice).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

  const { version } = await callApi<Change>(page, "GET", `/api/demo/changes/${change.id}`);
  await callApi(page, "POST", `/api/demo/changes/${change.id}/abandon`, { body: {}, ifMatch: version });
});
