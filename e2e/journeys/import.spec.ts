import { expect, test } from "@playwright/test";
import { renderConfig } from "@/lib/alertmanager";
import { callApi } from "../fixtures/api";
import { type ImportedChange, TEAM_PLATFORM } from "../fixtures/pages";
import { signInWithOidc } from "../fixtures/sign-in";

const SECRET_LINE = "      - url: https://deadman.example.org/ping/platform";

interface LineDifference {
  before: string;
  after: string;
}

/** Line by line: an edit in place neither adds lines nor takes any away. */
function differences(before: string, after: string): LineDifference[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  expect(now).toHaveLength(old.length);
  return old.flatMap((line, index) => (line === now[index] ? [] : [{ before: line, after: now[index] ?? "" }]));
}

test("an imported file keeps every byte but the field that was edited and the secrets that were sealed", async ({
  page,
}) => {
  await signInWithOidc(page, "alice");
  await page.goto("/demo/import");
  await page.getByLabel("Choose files").setInputFiles({
    name: "alertmanager.yml",
    mimeType: "application/yaml",
    buffer: Buffer.from(TEAM_PLATFORM),
  });
  await expect(page.getByLabel("alertmanager.yml")).toHaveValue(TEAM_PLATFORM);
  await page.getByLabel(/Title of the change/).fill("Payments move");
  await page.getByRole("main").getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(/Imported as change #\d+/)).toBeVisible();
  await page.getByRole("link", { name: "Go to receivers" }).click();

  await page.getByRole("link", { name: "payments-slack" }).click();
  const channel = page.getByLabel("channel", { exact: true });
  await expect(channel).toHaveValue("#payments-alerts");
  await channel.fill("#payments-moved");
  await expect(page.getByRole("status").filter({ hasText: /· saved/ })).toBeVisible();

  const id = await page.evaluate(() => localStorage.getItem("signalbox.change.demo"));
  const { document } = await callApi<ImportedChange>(page, "GET", `/api/demo/changes/${id}`);
  expect(JSON.stringify(document)).not.toContain("deadman.example.org");
  expect(differences(TEAM_PLATFORM, renderConfig(document).yaml)).toEqual([
    { before: SECRET_LINE, after: expect.stringMatching(/^ {6}- url: "?secret:\/\/[0-9a-f-]{36}\/\d+"?$/) },
    { before: '      - channel: "#payments-alerts"', after: '      - channel: "#payments-moved"' },
  ]);

  // The editor draws only the lines in sight and begins at the edited field; the comments that came along are at the top.
  await page.reload();
  await expect(channel).toHaveValue("#payments-moved");
  await page.getByRole("tab", { name: "YAML" }).click();
  const lines = page.locator(".cm-content");
  await expect(lines).toContainText("#payments-moved");
  await page.locator(".cm-scroller").evaluate((scroller) => scroller.scrollTo({ top: 0 }));
  await expect(lines).toContainText("# How long an alert lives without being sent again.");
});
