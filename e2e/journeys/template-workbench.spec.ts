import { expect, type Page, test } from "@playwright/test";
import type { ConfigDocument } from "@/lib/alertmanager";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { signInWithOidc } from "../fixtures/sign-in";

const YAML = `route:
  receiver: team
receivers:
  - name: team
    slack_configs:
      - api_url: https://hooks.slack.test/services/T/B/x
        channel: "#team"
        title: '{{ template "team.title" . }}'
  - name: other
`;
const TITLE = '{{ define "team.title" }}Outage: {{ .CommonLabels.alertname }}{{ end }}\n';
const TEXT = '{{ define "team.text" }}{{ template "team.title" . }} at {{ len .Alerts }}{{ end }}\n';

/** A change whose receiver uses a file, which another file uses too. */
async function open(page: Page): Promise<void> {
  await signInWithOidc(page, "alice");
  const { change } = await callApi<{ change: { id: string } }>(page, "POST", "/api/demo/import", {
    body: { yaml: YAML, title: "Templates" },
  });
  const { version, document } = await callApi<{ version: number; document: ConfigDocument }>(
    page,
    "GET",
    `/api/demo/changes/${change.id}`,
  );
  const templates = [
    { name: "team.tmpl", content: TITLE },
    { name: "text.tmpl", content: TEXT },
  ];
  await callApi(page, "PUT", `/api/demo/changes/${change.id}/document`, {
    ifMatch: version,
    body: { ...document, templates },
  });
  await page.evaluate((id) => localStorage.setItem("signalbox.change.demo", id), change.id);
}

const code = (page: Page, file: string) => page.getByRole("textbox", { name: file });
const live = (page: Page) => page.getByRole("complementary", { name: "Live pane" });

/** Enter is a line break while the list is younger than a reaction: nobody takes what was not seen. */
async function take(page: Page, name: RegExp): Promise<void> {
  await expect(page.getByRole("option", { name })).toBeVisible();
  await page.waitForTimeout(250);
  await page.keyboard.press("Enter");
}

test("templates are written with completion, explained, checked, followed and renamed, and seen as they will look", async ({
  page,
}) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  await open(page);
  await page.goto("/demo/templates?file=team.tmpl");
  const editor = code(page, "team.tmpl");
  await expect(editor).toContainText("Outage");

  await test.step("what receivers and definitions become is shown beside it", async () => {
    await expect(live(page).getByText("Outage: PostgresReplicationLag").first()).toBeVisible();
    await page.getByRole("tab", { name: "Output" }).click();
    await expect(live(page).locator("pre")).toHaveText("Outage: PostgresReplicationLag");
  });

  await test.step("completion by keyboard follows the types", async () => {
    await editor.press("Control+End");
    await editor.pressSequentially('{{ define "team.list" }}{{ range .Alerts }}{{ .Lab');
    await expect(page.getByRole("option", { name: /^CommonLabels/ })).toHaveCount(0);
    await take(page, /^Labels/);
    await editor.pressSequentially(".seve");
    await take(page, /^severity/);
    await expect(editor).toContainText(".Labels.severity");
    await editor.press("End");
    await editor.pressSequentially("{{ end }}{{ end }}");
    await expect(editor).toContainText("{{ range .Alerts }}{{ .Labels.severity}}{{ end }}{{ end }}");
  });

  await test.step("what the pointer rests on, or the cursor is in, is explained", async () => {
    await editor.getByText(".CommonLabels.alertname").hover({ position: { x: 20, y: 8 } });
    await expect(page.locator(".cm-tooltip-hover")).toContainText("KV");
    await expect(page.locator(".cm-tooltip-hover")).toContainText("Field of Data");
  });

  await test.step("an error stands at its token and can be repaired", async () => {
    await editor.press("Control+End");
    await editor.pressSequentially('{{ template "team.lits" . }}');
    const broken = page.locator(".cm-lintRange-error");
    await expect(broken).toHaveText('"team.lits"');
    const problems = page.getByRole("list", { name: "Problems of the file" });
    await problems.getByRole("button", { name: 'Replace by "team.list"' }).click();
    await expect(broken).toHaveCount(0);
    await expect(editor).toContainText('{{ template "team.list" . }}');
  });

  await test.step("the page has no barriers and breaks no policy", async () => {
    expect(await barriers(page)).toEqual([]);
    expect(refused).toEqual([]);
  });

  await test.step("F12 leads to the definition in another file", async () => {
    await page.getByRole("button", { name: "text.tmpl", exact: true }).click();
    const caller = code(page, "text.tmpl");
    await caller.getByText('"team.title"').click();
    await caller.press("F12");
    await expect(page).toHaveURL(/file=team\.tmpl/);
    await expect(code(page, "team.tmpl")).toBeFocused();
    await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('"team.title"');
  });

  await test.step("F2 renames it everywhere: files and the receiver's field", async () => {
    await code(page, "team.tmpl").press("F2");
    const dialog = page.getByRole("dialog", { name: "Rename team.title" });
    await expect(dialog).toContainText("3 places in 2 files and 1 field");
    await expect(dialog).toContainText("team · slack_configs[0].title");
    await dialog.getByLabel("New name").fill("slack.default.text");
    await expect(dialog.getByText("This name is used already.")).toBeVisible();
    await dialog.getByLabel("New name").fill("team.heading");
    await dialog.getByRole("button", { name: "Rename" }).click();
    await expect(code(page, "team.tmpl")).toContainText('{{ define "team.heading" }}');
    await page.getByRole("tab", { name: "YAML" }).click();
    await expect(page.getByRole("tabpanel", { name: "YAML" })).toContainText('{{ template "team.heading" . }}');
  });

  await test.step("previews follow the typing", async () => {
    await page.getByRole("tab", { name: "Looks like" }).click();
    const heading = code(page, "team.tmpl");
    await heading.press("Control+Home");
    for (const _ of '{{ define "team.heading" }}') await heading.press("ArrowRight");
    await heading.pressSequentially("Big ");
    await expect(live(page).getByText("Big Outage: PostgresReplicationLag").first()).toBeVisible();
  });

  await test.step("who uses a definition is one click away", async () => {
    await page.getByRole("button", { name: "team · slack_configs[0].title" }).click();
    await expect(page).toHaveURL(/\/demo\/receivers\//);
  });
});

test("files that no template can be are refused with their reason", async ({ page }) => {
  await open(page);
  await page.goto("/demo/templates");
  const bytes = (name: string, content: Buffer) => ({ name, mimeType: "text/plain", buffer: content });
  await page
    .getByLabel("Upload", { exact: true })
    .setInputFiles([
      bytes("latin.tmpl", Buffer.from([0x67, 0x72, 0xfc, 0x6e])),
      bytes("large.tmpl", Buffer.alloc(4_000_001, "x")),
      bytes("team.tmpl", Buffer.from("new")),
      bytes("fresh.tmpl", Buffer.from('{{ define "team.title" }}again{{ end }}')),
    ]);
  const notice = page.getByRole("alert").filter({ hasText: "not taken" });
  await expect(notice).toContainText("latin.tmpl is not UTF-8 text");
  await expect(notice).toContainText("large.tmpl is larger than 4 MB");
  await expect(notice).toContainText("team.tmpl is here already");
  await expect(code(page, "fresh.tmpl")).toContainText("again");
  // The later file counts, and the page says so.
  await expect(page.getByText("Alertmanager uses the one in fresh.tmpl")).toBeVisible();
  await notice.getByRole("button", { name: "Replace team.tmpl" }).click();
  await expect(code(page, "team.tmpl")).toHaveText("new");
});

test("on a telephone nothing is wider than the screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.goto("/demo/templates?file=team.tmpl");
  await expect(code(page, "team.tmpl")).toBeVisible();
  await expect(live(page).getByText("Outage: PostgresReplicationLag").first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
