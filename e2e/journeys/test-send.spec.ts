import { expect, type Page, test } from "@playwright/test";
import type { Config } from "@/lib/alertmanager";
import { startHttpSink } from "../fakes/http-sink";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { signInWithOidc } from "../fixtures/sign-in";

const SECRET = "hush-hush-4711";
const yaml = (url: string) => `route:
  receiver: nobody
receivers:
  - name: nobody
  - name: tried
    slack_configs:
      - api_url: ${url}/services/${SECRET}
        channel: "#team-pages"
        send_resolved: true
    webhook_configs:
      - url: http://10.255.255.1/hook
`;

test.describe("a test send", () => {
  let sink: Awaited<ReturnType<typeof startHttpSink>>;
  test.beforeAll(async () => {
    sink = await startHttpSink();
  });
  test.afterAll(() => sink.stop());

  async function openReceiver(page: Page): Promise<void> {
    const { change } = await callApi<{ change: { id: string; document: { config: Config } } }>(
      page,
      "POST",
      "/api/demo/import",
      { body: { yaml: yaml(sink.url), title: "Try it out" } },
    );
    await page.evaluate((id) => localStorage.setItem("signalbox.change.demo", id), change.id);
    const receiver = change.document.config.receivers?.find(({ name }) => name === "tried");
    await page.goto(`/demo/receivers/${receiver?.id}`);
  }

  test("goes out with the sealed secret, marked, and says what came of it", async ({ page }) => {
    await signInWithOidc(page, "alice");
    await openReceiver(page);

    // What is typed and not saved yet is part of it.
    await page.getByLabel("channel", { exact: true }).fill("#other-pages");
    await page.getByRole("button", { name: "Send test" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("listitem").filter({ hasText: "Slack · #other-pages" })).toBeVisible();
    await dialog.getByLabel("Through", { exact: true }).selectOption("slack_configs[0]");
    await dialog.getByLabel("Case", { exact: true }).selectOption("both");
    await dialog.getByRole("button", { name: "Send now" }).click();
    await expect(dialog.getByText("Delivered", { exact: true })).toBeVisible();
    await expect(dialog.getByText(/answered 200/)).toHaveCount(2);

    expect(sink.received.map(({ path }) => path)).toEqual([`/services/${SECRET}`, `/services/${SECRET}`]);
    const body = JSON.parse(sink.received[0]?.body ?? "");
    expect(body).toMatchObject({ channel: "#other-pages" });
    expect(JSON.stringify(body)).toContain("[TEST]");
    await expect(page.locator("body")).not.toContainText(SECRET);
    expect(await barriers(page)).toEqual([]);

    // All of the receiver: the other one leads where nothing may be called.
    await dialog.getByLabel("Through", { exact: true }).selectOption("");
    await dialog.getByRole("button", { name: "Send now" }).click();
    await expect(dialog.getByText("Not allowed", { exact: true })).toBeVisible();
    await expect(dialog.getByText(/OUTBOUND_ALLOW/).first()).toBeVisible();

    // The last of each is there when somebody looks again.
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await page.reload();
    await page.getByRole("button", { name: "Send test" }).click();
    await expect(page.getByRole("dialog").getByText("Last tests")).toBeVisible();
    await expect(
      page
        .getByRole("dialog")
        .getByText(/by Alice/)
        .first(),
    ).toBeVisible();

    await page.goto("/demo/audit");
    await expect(page.getByRole("table").getByText("Test sent").first()).toBeVisible();
    await expect(page.locator("body")).not.toContainText(SECRET);
  });

  test("is nothing that a viewer is offered, or may do", async ({ page, browser }) => {
    await signInWithOidc(page, "alice");
    await openReceiver(page);
    const address = page.url();
    const change = await page.evaluate(() => localStorage.getItem("signalbox.change.demo"));
    const before = sink.received.length;
    const viewer = await browser.newPage();
    await signInWithOidc(viewer, "bob");
    await viewer.goto(address);
    await expect(viewer.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(viewer.getByRole("button", { name: "Send test" })).toHaveCount(0);
    const receiverId = address.split("/").at(-1);
    await callApi(viewer, "POST", "/api/demo/test-sends", { body: { changeId: change, receiverId }, status: 403 });
    expect(sink.received.length).toBe(before);
    await viewer.close();
  });
});
