import { type Browser, expect, type Page, test } from "@playwright/test";
import type { Config } from "@/lib/alertmanager";
import { callApi } from "../fixtures/api";
import { signInWithOidc } from "../fixtures/sign-in";

const BEGINNING = `route:
  receiver: team-slack
receivers:
  - name: team-slack
    slack_configs:
      - api_url: https://hooks.example/services/T0/B0/hush
        channel: "#beginning"
`;

interface Change {
  id: string;
  document: { config: Config };
}

async function signedIn(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signInWithOidc(page, "alice");
  return page;
}

/** Holds this page's writes of the document. `arrived` is fulfilled by the first of them; `release` lets all go. */
async function holdWrites(page: Page) {
  const arrival = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const writes = /\/api\/demo\/changes\/[^/]+\/document$/;
  await page.route(writes, async (route) => {
    arrival.resolve();
    await gate.promise;
    await route.continue();
  });
  return { arrived: arrival.promise, release: () => gate.resolve() };
}

test("two people edit one receiver: both fields are kept, and of one field both sides are shown", async ({
  browser,
}) => {
  const [first, second] = [await signedIn(browser), await signedIn(browser)];
  const { change } = await callApi<{ change: Change }>(first, "POST", "/api/demo/import", {
    body: { yaml: BEGINNING, title: "Two at once" },
  });
  const receiver = change.document.config.receivers?.[0];
  for (const page of [first, second]) {
    await page.evaluate((id) => localStorage.setItem("signalbox.change.demo", id), change.id);
    await page.goto(`/demo/receivers/${receiver?.id}`);
    await expect(page.getByLabel("channel", { exact: true })).toHaveValue("#beginning");
  }
  const saved = async () => {
    const { document } = await callApi<Change>(first, "GET", `/api/demo/changes/${change.id}`);
    const slack = document.config.receivers?.[0]?.slack_configs?.[0];
    return { channel: slack?.channel, username: slack?.username };
  };
  const channelOf = (page: Page) => page.getByLabel("channel", { exact: true });

  // Neither knows of the other's write: both were sent with the same version.
  const held = await Promise.all([holdWrites(first), holdWrites(second)]);
  await second
    .getByRole("button", { name: /^Optional/ })
    .first()
    .click();
  await second.getByRole("button", { name: "Override username" }).click();
  await second.getByLabel("username", { exact: true }).fill("signalbox-of-second");
  await channelOf(first).fill("#of-first");
  await Promise.all(held.map(({ arrived }) => arrived));
  for (const { release } of held) release();
  await expect.poll(saved).toEqual({ channel: "#of-first", username: "signalbox-of-second" });
  for (const page of [first, second]) {
    await expect(page.getByRole("status").filter({ hasText: "saved" })).toBeVisible();
    await page.unrouteAll({ behavior: "wait" });
  }

  const late = await holdWrites(second);
  await channelOf(second).fill("#second-again");
  await late.arrived;
  await channelOf(first).fill("#first-again");
  await expect.poll(saved).toEqual({ channel: "#first-again", username: "signalbox-of-second" });
  late.release();

  const dialog = second.getByRole("dialog");
  await expect(dialog).toContainText("1 place was changed by two people");
  await expect(dialog.getByLabel(/^Mine/)).toBeChecked();
  await expect(dialog.locator("label", { hasText: "Mine" })).toContainText("#second-again");
  await expect(dialog.locator("label", { hasText: "Theirs" })).toContainText("#first-again");
  expect(await saved()).toMatchObject({ channel: "#first-again" });
  await dialog.getByLabel(/^Mine/).check();
  await dialog.getByRole("button", { name: "Apply and save" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(saved).toEqual({ channel: "#second-again", username: "signalbox-of-second" });
  await Promise.all([first, second].map((page) => page.context().close()));
});
