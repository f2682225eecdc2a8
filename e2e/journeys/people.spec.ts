import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type RunningApp, startApp } from "../../lib/testing/running-app";
import { startSmarthost } from "../../lib/testing/smarthost";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { enterByLink } from "../fixtures/sign-in";

const YAML = `route:
  receiver: ops
  routes:
    - matchers: ['team="db"']
      receiver: team-db/pager
receivers:
  - name: ops
  - name: team-db/pager
`;

interface Change {
  id: string;
  version: number;
  document: { config: { receivers: { id: string; name: string }[] } };
}

/** A mail's text, as its reader sees it. */
function textOf(mail: string): string {
  const joined = mail.replace(/=\r\n/g, "");
  return decodeURIComponent(joined.replace(/%/g, "%25").replace(/=([0-9A-F]{2})/g, "%$1"));
}

test.describe("people", () => {
  let folder: string;
  let app: RunningApp;
  let smarthost: Awaited<ReturnType<typeof startSmarthost>>;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    smarthost = await startSmarthost("unused", { hideSTARTTLS: true });
    folder = mkdtempSync(path.join(path.dirname(String(test.info().config.metadata.targets)), "people-"));
    app = await startApp(folder, {
      SMTP_URL: `smtp://127.0.0.1:${smarthost.port}`,
      MAIL_FROM: "Signalbox <signalbox@a.example>",
      OUTBOUND_ALLOW: "targets=127.0.0.1; mail=127.0.0.1",
    });
  });
  test.afterAll(async () => {
    await app?.stop();
    await smarthost?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const axe = async (page: Page) => expect(await barriers(page)).toEqual([]);

  async function publish(page: Page): Promise<void> {
    const file = path.join(folder, "targets/alertmanager.yml");
    const { tenants } = await callApi<{ tenants: { id: string }[] }>(page, "GET", `${app.base}/api/platform/tenants`);
    await callApi(page, "POST", `${app.base}/api/platform/targets`, {
      body: { kind: "file", tenantId: tenants[0]?.id, name: "production", path: file, version: "0.34" },
    });
    const { change } = await callApi<{ change: Change }>(page, "POST", `${app.base}/api/demo/import`, {
      body: { yaml: YAML, title: "First" },
    });
    await callApi(page, "POST", `${app.base}/api/demo/changes/${change.id}/publish`, {
      body: {},
      ifMatch: change.version,
    });
    await expect.poll(() => readFile(file, "utf8").catch(() => ""), { timeout: 20_000 }).toContain("team-db/pager");
    const live = async () =>
      (await callApi<{ revision: number | null }>(page, "GET", `${app.base}/api/demo/live`)).revision;
    await expect.poll(live, { timeout: 20_000 }).toBe(1);
  }

  async function comeIn(browser: Browser, link: string): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await enterByLink(page, link);
    return page;
  }

  test("invited by mail, limited to receivers and routes, looked through, and let go by the directory", async ({
    page,
    browser,
  }) => {
    test.setTimeout(120_000);
    await enterByLink(page, `${app.base}/sign-in/link#token=${app.token}`);
    await publish(page);

    // By mail, in the language of the reader.
    await page.goto(`${app.base}/demo/settings/members`);
    await page.getByRole("button", { name: "Add member" }).click();
    await page.getByLabel("Name").fill("Dana");
    await page.getByLabel("E-mail").fill("dana@b.example");
    await page.getByLabel("Language of the mail").selectOption("German");
    await axe(page);
    await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
    await expect(page.getByText("The link is on its way to dana@b.example.")).toBeVisible();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await expect(page.getByText(/The link works until/)).toBeVisible();

    // The tenant's own language is what is offered from then on; Dana's stays theirs.
    await page.getByLabel("Mails to people of whom nobody knows what they read").selectOption("French");
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Add member" }).click();
    await expect(page.getByLabel("Language of the mail")).toHaveValue("fr");
    await page.keyboard.press("Escape");
    await axe(page);
    await page.getByRole("button", { name: "Send the link to Dana again" }).click();
    await expect.poll(() => smarthost.received.length).toBe(2);
    const [first, second] = smarthost.received.map(({ data }) => textOf(data));
    expect(smarthost.received[1]).toMatchObject({ from: "signalbox@a.example", to: ["dana@b.example"] });
    for (const mail of [first, second]) expect(mail).toContain("Dieser Link meldet Sie ein einziges Mal an.");
    const linkIn = (mail: string | undefined) => /http:\S+token=\S+/.exec(mail ?? "")?.[0] ?? "";
    expect(linkIn(second)).not.toBe(linkIn(first));
    const dana = await comeIn(browser, linkIn(second));

    // Limited, with a look at what that covers today.
    await page.reload();
    await page.getByRole("button", { name: "Limit what Dana may change" }).click();
    await page.getByLabel("Only this:").check();
    await page.getByLabel("Receivers", { exact: true }).fill("team-db/*");
    await page.getByLabel('team="db"').check();
    await expect(page.getByText("Today this covers 1 receiver and 1 route.")).toBeVisible();
    await axe(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved: what Dana may change", { exact: true })).toBeVisible();

    const change = await callApi<Change>(dana, "POST", `${app.base}/api/demo/changes`, { body: {}, status: 201 });
    const [ops, pager] = change.document.config.receivers;
    const put = (one: { id: string; name: string } | undefined, version: number, status: number) =>
      callApi<Change & { detail?: string }>(
        dana,
        "PUT",
        `${app.base}/api/demo/changes/${change.id}/receivers/${one?.id}`,
        {
          body: { ...one, webhook_configs: [{ id: "w", url: "https://hooks.b.example/" }] },
          ifMatch: version,
          status,
        },
      );
    expect((await put(ops, change.version, 403)).detail).toContain("receiver ops");
    await put(pager, change.version, 200);
    await dana.goto(`${app.base}/demo/receivers/${ops?.id}`);
    await expect(dana.getByText(/You may look at this receiver, but not change it/)).toBeVisible();
    await axe(dana);

    // Looked through, and as a table.
    await page.goto(`${app.base}/demo/settings/access`);
    const row = page.getByRole("row", { name: /Dana/ });
    await expect(row).toContainText("receivers team-db/*");
    await page.getByRole("button", { name: "Mark Dana as reviewed" }).click();
    await expect(row).toContainText("by ");
    await axe(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export as CSV" }).click(),
    ]);
    const csv = await readFile(await download.path(), "utf8");
    expect(csv).toMatch(/^"kind","name","email","role"/);
    expect(csv).toContain('"person","Dana","dana@b.example","editor","receiver team-db/*; route team=""db"""');

    // The directory lets her go.
    const { secret } = await callApi<{ secret: string }>(page, "POST", `${app.base}/api/demo/tokens`, {
      body: { name: "Directory", scopes: ["scim"], days: 30, service: true },
      status: 201,
    });
    const scim = (method: string, where: string, data: object) =>
      fetch(`${app.base}/api/demo/scim/v2/${where}`, {
        method,
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" },
        body: JSON.stringify(data),
      });
    const made = await scim("POST", "Users", { userName: "dana@b.example", displayName: "Dana", active: true });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    await callApi(dana, "GET", `${app.base}/api/demo`, { status: 200 });
    const began = Date.now();
    const off = await scim("PATCH", `Users/${id}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", path: "active", value: false }],
    });
    expect(off.status).toBe(200);
    await callApi(dana, "GET", `${app.base}/api/demo`, { status: 401 });
    expect(Date.now() - began).toBeLessThan(1000);
    await dana.goto(`${app.base}/demo/receivers`);
    await expect(dana).toHaveURL(/\/sign-in/);
    await page.reload();
    await expect(page.getByRole("row", { name: /Dana/ })).toHaveCount(0);
  });
});
