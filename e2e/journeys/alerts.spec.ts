import { expect, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { signInWithOidc } from "../fixtures/sign-in";

test("a tap is made, Prometheus' alerts arrive, are filtered, and the tap is revoked", async ({ page, request }) => {
  await signInWithOidc(page, "alice");
  await page.goto("/demo/settings/history");
  await page.getByRole("button", { name: "Add a tap" }).click();
  await page.getByLabel("Name", { exact: true }).fill("prometheus-eu");
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("path_prefix: /api/tap");
  const token = await page.getByRole("textbox", { name: "Token" }).inputValue();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();

  const startsAt = new Date(Date.now() - 600_000).toISOString();
  const alert = (alertname: string, team: string) => ({
    labels: { alertname, team, severity: "critical", cluster: "journey" },
    annotations: { summary: `${alertname} of ${team}`, evil: "javascript:alert(1)" },
    startsAt,
  });
  const send = () =>
    request.post("/api/tap/api/v2/alerts", {
      headers: { authorization: `Bearer ${token}` },
      data: [alert("TapJourney", "database"), alert("OtherJourney", "payments")],
    });
  expect((await send()).status()).toBe(200);

  await page.goto("/demo/alerts");
  const table = page.getByRole("table", { name: "Alerts", exact: true });
  await expect(table).toContainText("TapJourney of database");
  await page.getByRole("searchbox", { name: /Matchers/ }).fill('cluster="journey", team=~"data.*"');
  await expect(table).not.toContainText("OtherJourney");
  await expect(table).toContainText("TapJourney");
  await page.getByRole("button", { name: "Show details of TapJourney" }).click();
  await expect(table).toContainText("javascript:alert(1)");
  await expect(table.getByRole("link", { name: /javascript/ })).toHaveCount(0);
  // What the address holds is what somebody else sees.
  await page.reload();
  await expect(table).not.toContainText("OtherJourney");
  await page.getByRole("searchbox", { name: /Matchers/ }).fill('team=~"("');
  await expect(page.getByText(/is not a matcher/)).toBeVisible();

  await page.goto("/demo/settings/history");
  await page.getByRole("button", { name: "Revoke prometheus-eu" }).click();
  await expect(page.getByText("prometheus-eu is revoked", { exact: true })).toBeVisible();
  await expect.poll(async () => (await send()).status(), { timeout: 10_000 }).toBe(401);
  const audit = await callApi<{ entries: { type: string }[] }>(page, "GET", "/api/demo/audit?limit=20");
  const types = audit.entries.map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(["TapCreated", "TapRevoked"]));
});
