import { expect, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { signInWithOidc } from "../fixtures/sign-in";

const YAML = `route:
  receiver: team
  routes:
    - matchers: ['team="database"']
      mute_time_intervals: [nights]
receivers:
  - name: team
time_intervals:
  - name: nights
    time_intervals:
      - times: [{start_time: "01:00", end_time: "04:00"}]
        location: Europe/Paris
  - name: workdays
    time_intervals:
      - weekdays: ["monday:friday"]
        location: Europe/Paris
`;
/** The Sunday on which the clocks of Paris skip an hour. */
const SPRING = "2027-03-28";

async function open(page: Page, search: string): Promise<void> {
  const { change } = await callApi<{ change: { id: string } }>(page, "POST", "/api/demo/import", {
    body: { yaml: YAML, title: "Quiet nights" },
  });
  await page.evaluate((id) => localStorage.setItem("signalbox.change.demo", id), change.id);
  await page.goto(`/demo/time-intervals?${search}`);
}

const calendar = (page: Page, name: string) => page.getByRole("region", { name: `${name}: when it holds` });
const day = (page: Page, name: string, date: string) => calendar(page, name).locator(`[data-day="${date}"]`);
const yaml = (page: Page) => page.getByRole("tabpanel", { name: "YAML" });

test.describe("when a time interval holds", () => {
  test.setTimeout(120_000);
  test.beforeEach(async ({ page }) => {
    await signInWithOidc(page, "alice");
    await open(page, `day=${SPRING}&zone=Europe/Paris`);
  });

  test("a calendar shows it, across a change of clocks and in any zone", async ({ page }) => {
    await expect(day(page, "nights", "2027-03-27")).toContainText("01:00–04:00");
    await expect(day(page, "nights", SPRING)).toContainText(
      "01:00–02:00 and 03:00–04:00; 02:00–03:00 does not exist; clocks are changed: a day of 23 hours",
    );
    const nights = calendar(page, "nights");
    await nights.getByLabel("Time zone of the calendar").fill("America/New_York");
    await expect(day(page, "nights", "2027-03-27")).toContainText("20:00–22:00");
    await expect(page).toHaveURL(/zone=America(\/|%2F)New_York/);
    await nights.getByRole("button", { name: "back to yours" }).click();
    await expect(day(page, "nights", SPRING)).toContainText("02:00–03:00 does not exist");

    for (let week = 0; week < 31; week++) await nights.getByRole("button", { name: "Next week" }).click();
    await expect(day(page, "nights", "2027-10-31")).toContainText(/01:00–03:00, 02:00–03:00 for the second time, and/);
    await expect(nights.getByRole("table")).toContainText("begins");
    await expect(nights.getByRole("row")).toHaveCount(11);
  });

  test("days that are switched off cut the range as it was written, and the calendar follows", async ({ page }) => {
    const workdays = page.locator("#f-time_intervals-1");
    await expect(day(page, "workdays", "2027-03-24")).toContainText("holds all day");
    await expect(workdays.getByText("monday:friday", { exact: true })).toBeVisible();
    await workdays.getByRole("button", { name: "Wednesday", exact: true }).click();
    await expect(day(page, "workdays", "2027-03-24")).toContainText("does not hold");
    await expect(day(page, "workdays", "2027-03-25")).toContainText("holds all day");
    await expect(yaml(page)).toContainText("monday:tuesday");
    await expect(yaml(page)).toContainText("thursday:friday");
    await workdays.getByRole("button", { name: "Sunday", exact: true }).click();
    await expect(day(page, "workdays", SPRING)).toContainText("holds all day; 02:00–03:00 does not exist");

    const nights = page.locator("#f-time_intervals-0");
    await nights.getByLabel("start_time 1").fill("22:00");
    await nights.getByRole("button", { name: "Over midnight: make it two ranges" }).click();
    await expect(nights.getByLabel("end_time 2")).toHaveValue("04:00");
    await expect(day(page, "nights", "2027-03-27")).toContainText("00:00–04:00 and 22:00–24:00");
    await nights.getByLabel("location", { exact: true }).fill("UTC");
    await expect(day(page, "nights", "2027-03-27")).toContainText("00:00–05:00 and 23:00–24:00");
  });

  test("a known defect of the targets is said where it matters", async ({ page }) => {
    const nights = page.locator("#f-time_intervals-0");
    await expect(nights).not.toContainText("known defect");
    await nights.getByLabel("days_of_month", { exact: true }).fill("-1");
    await nights.getByLabel("days_of_month", { exact: true }).press("Enter");
    await expect(nights).toContainText(/known defect of Alertmanager up to 0\.34/);
    await expect(nights).toContainText(/March 20\d\d \(Europe\/Paris\): it does not hold on day 31, but on day 30\./);
  });

  test("says who uses it, and the year can be walked with the keyboard", async ({ page }) => {
    const nights = page.locator("#f-time_intervals-0");
    await expect(nights.getByText("is muted while it holds")).toBeVisible();
    await expect(nights.getByRole("link", { name: "route 1" })).toHaveAttribute("href", /\/demo\/routes\?route=/);
    await expect(page.locator("#f-time_intervals-1")).toContainText("No route names it: it has no effect.");

    await calendar(page, "nights").getByRole("button", { name: "Year", exact: true }).click();
    const sunday = calendar(page, "workdays").getByRole("button", { name: /^Sunday, March 28, 2027: does not hold/ });
    await sunday.focus();
    await page.keyboard.press("ArrowRight");
    const monday = calendar(page, "workdays").getByRole("button", { name: /^Monday, March 29, 2027: holds all day/ });
    await expect(monday).toBeFocused();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await expect(day(page, "workdays", "2027-03-29")).toContainText("holds all day");
    await expect(page).toHaveURL(/day=2027-03-29/);
    expect(await barriers(page)).toEqual([]);

    await page.setViewportSize({ width: 390, height: 844 });
    await expect(calendar(page, "nights")).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
});
