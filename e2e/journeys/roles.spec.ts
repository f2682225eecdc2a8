import { type APIResponse, expect, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { type ImportedChange, importTeamPlatform } from "../fixtures/pages";
import { signInWithOidc } from "../fixtures/sign-in";

const NOBODYS_ID = "0199c0de-0000-7000-8000-000000000001";
const VALUES: Readonly<Record<string, string>> = { number: "1" };

interface ApiDocument {
  paths: Record<string, Record<string, { operationId: string }>>;
}

interface Operation {
  method: string;
  path: string;
}

/** What the API itself says it can do, with ids that look like ids. */
async function operations(page: Page): Promise<Operation[]> {
  const { paths } = await callApi<ApiDocument>(page, "GET", "/api/openapi.json");
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map((verb) => ({
      method: verb.toUpperCase(),
      path: path.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
        name === "tenant" ? whole : (VALUES[name] ?? NOBODYS_ID),
      ),
    })),
  );
}

/** SCIM takes no cookie: whoever has only that is nobody there. */
function isProvisioning({ path }: Pick<Operation, "path">): boolean {
  return path.startsWith("/api/{tenant}/scim/");
}

function send(page: Page, { method, path }: Operation, body: unknown = {}): Promise<APIResponse> {
  return page.request.fetch(path, {
    method,
    headers: { "x-signalbox-csrf": "1", origin: new URL(page.url()).origin, "if-match": '"1"' },
    ...(method === "GET" ? {} : { data: body }),
  });
}

test.describe("what a role may", () => {
  let change: ImportedChange;
  const other = `other-${Date.now().toString(36)}`;

  test.beforeAll(async ({ browser }) => {
    const page = await browser.newPage();
    await signInWithOidc(page, "alice");
    change = await importTeamPlatform(page, "Not for viewers");
    await openTenant(page, other, "Another tenant");
    await leaveTenant(page, other, browser);
    await page.close();
  });

  test.beforeEach(async ({ page }) => {
    await signInWithOidc(page, "bob");
  });

  test("a viewer sees everything and no way to edit it", async ({ page }) => {
    await page.goto("/demo/receivers");
    await expect(page.getByRole("link", { name: "payments-slack" })).toBeVisible();
    await expect(page.getByRole("button", { name: /New receiver|Delete|Duplicate|Review change/ })).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("link", { name: "Import" })).toHaveCount(0);

    await page.getByRole("link", { name: "payments-slack" }).click();
    await expect(page.getByLabel("channel", { exact: true })).toHaveJSProperty("readOnly", true);
    await expect(page.getByRole("button", { name: /^(Add|Delete|Set|Override)/ })).toHaveCount(0);

    await page.goto("/demo/routes");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(".cm-content")).toContainText("payments-slack");
    await expect(page.getByRole("button", { name: "Route", exact: true })).toHaveCount(0);

    await page.goto("/demo/import");
    await expect(page.getByText("Viewers cannot import.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Import" })).toHaveCount(0);

    await page.goto(`/demo/changes/${change.id}`);
    await expect(page.getByText("Approvers and admins of this tenant can publish it.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^(Publish|Abandon|Rename)$/ })).toHaveCount(0);
  });

  test("the API refuses a viewer's writes", async ({ page }) => {
    const base = `/api/demo/changes/${change.id}`;
    const receiver = change.document.config.receivers?.[0];
    const writes: ReadonlyArray<readonly [string, string, unknown]> = [
      ["POST", "/api/demo/changes", { title: "Mine" }],
      ["POST", "/api/demo/import", { yaml: "route: {receiver: a}\nreceivers: [{name: a}]\n" }],
      ["POST", "/api/demo/secrets", { value: "hush", kind: "secret" }],
      ["PUT", `${base}/document`, change.document],
      ["PUT", `${base}/title`, { title: "Mine" }],
      ["PUT", `${base}/receivers/${receiver?.id}`, receiver],
      ["DELETE", `${base}/receivers/${receiver?.id}`, {}],
      ["POST", `${base}/abandon`, {}],
      ["POST", `${base}/publish`, {}],
      ["POST", "/api/demo/members", { name: "Eve", email: "eve@meridian.example", role: "admin" }],
      ["POST", "/api/platform/tenants", { slug: "mine", name: "Mine" }],
      ["GET", "/api/platform/tenants", undefined],
      ["GET", "/api/platform/targets", undefined],
      ["GET", "/api/platform/default-templates", undefined],
      ["PUT", "/api/platform/default-templates/0.34", { defaultTmpl: "x", emailTmpl: "x" }],
    ];
    for (const [method, path, body] of writes) {
      const answer = await send(page, { method, path }, body);
      expect.soft(answer.status(), `${method} ${path}: ${await answer.text()}`).toBe(403);
    }
    // Whatever else there is to write with: none of it says yes.
    for (const operation of await operations(page)) {
      if (operation.method === "GET" || !operation.path.startsWith("/api/{tenant}")) continue;
      const answer = await send(page, { ...operation, path: operation.path.replace("{tenant}", "demo") });
      const words = `${operation.method} ${operation.path}: ${answer.status()} ${await answer.text()}`;
      const refusals = isProvisioning(operation) ? [401] : [400, 403, 404, 412, 422];
      expect.soft(refusals, words).toContain(answer.status());
    }
    const after = await callApi<ImportedChange & { status: string }>(page, "GET", base);
    expect(after).toMatchObject({ version: change.version, status: "draft" });
  });

  test("another tenant does not exist for who is no member of it, in any operation", async ({ page }) => {
    const inTenant = (await operations(page)).filter(({ path }) => path.startsWith("/api/{tenant}"));
    expect(inTenant.length).toBeGreaterThan(20);
    for (const { method, path } of inTenant) {
      const answers = [];
      for (const slug of [other, "nobody-has-this"]) {
        const answer = await send(page, { method, path: path.replace("{tenant}", slug) });
        expect.soft(answer.status(), `${method} ${path} of ${slug}`).toBe(isProvisioning({ path }) ? 401 : 404);
        const { requestId: _, ...problem } = await answer.json();
        answers.push(JSON.stringify(problem).replaceAll(slug, "{tenant}"));
      }
      expect.soft(answers[0], `${method} ${path}: an existing tenant looks like one that does not`).toBe(answers[1]);
    }
    const answer = await page.goto(`/${other}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText("There is nothing here")).toBeVisible();
  });
});
