import { type Browser, expect, type Page, test } from "@playwright/test";
import type { TenantSignInDto } from "@/lib/tenancy/sign-in/contract";
import { startOidcProvider } from "../fakes/oidc-provider.mjs";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

const run = Date.now().toString(36);
const person = (email: string, name: string, groups: string[]) => ({ email, email_verified: true, name, groups });

interface Company {
  slug: string;
  id: string;
  domain: string;
  provider: Awaited<ReturnType<typeof startOidcProvider>>;
}

/** A tenant with a provider of its own that knows `people`; nothing of it is set at the tenant yet. */
async function openCompany(
  page: Page,
  slug: string,
  people: (domain: string) => Record<string, ReturnType<typeof person>>,
): Promise<Company> {
  const id = await openTenant(page, slug, slug);
  const { callbackUrl } = await callApi<TenantSignInDto>(page, "GET", `/api/${slug}/sign-in`);
  const { origin, pathname } = new URL(callbackUrl);
  const domain = `${slug}.example`;
  const provider = await startOidcProvider({
    appUrl: origin,
    callback: pathname.split("/").at(-1) ?? "",
    people: { ...people(domain) } as never,
  });
  return { slug, id, domain, provider };
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await barriers(page)).toEqual([]);
}

/** The provider's own pages. */
async function passProvider(page: Page, login: string): Promise<void> {
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("irrelevant");
  await page.locator("button[type=submit]").click();
  await page.getByRole("button", { name: "Continue" }).click();
}

async function signInByAddress(browser: Browser, address: string, login: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(address);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL(/\/interaction\//);
  await passProvider(page, login);
  return page;
}

test("two tenants bring their own sign-in services, and one may be the only way in", async ({ page, browser }) => {
  test.setTimeout(180_000);
  const newPage = async () => (await browser.newContext()).newPage();
  await signInWithOidc(page, "alice");
  const acme = await openCompany(page, `acme-${run}`, (domain) => ({
    ann: person(`ann@${domain}`, "Ann", ["leads"]),
  }));
  const globex = await openCompany(page, `globex-${run}`, (domain) => ({
    gus: person(`gus@${domain}`, "Gus", ["sre"]),
    mallory: person(`ann@${acme.domain}`, "Mallory", ["leads"]),
  }));

  await test.step("the settings, and a round trip with them before they are saved", async () => {
    await page.goto(`/${acme.slug}/settings/sign-in`);
    await page.getByLabel("Name", { exact: true }).fill("Acme ID");
    await page.getByLabel("Issuer").fill(acme.provider.issuer);
    await page.getByLabel("Client ID").fill("signalbox");
    await page.getByLabel("Client secret").fill("signalbox-secret");
    await page.getByRole("button", { name: "Value", exact: true }).click();
    await page.getByLabel("Value 1", { exact: true }).fill("leads");
    await page.getByLabel("Role for value 1").selectOption("admin");
    await page.getByLabel("Domain", { exact: true }).fill(acme.domain);
    await page.getByRole("button", { name: "Add domain" }).click();
    await expect(page.getByText("not proven")).toBeVisible();

    const outcome = async (said: RegExp, { knownThere }: { knownThere: boolean }) => {
      const opened = page.waitForEvent("popup");
      await page.getByRole("button", { name: "Test", exact: true }).click();
      const popup = await opened;
      if (!knownThere) await passProvider(popup, "ann");
      await expect(popup.getByText(said)).toBeVisible();
      await popup.close();
      await expect(page.getByText(said)).toBeVisible();
    };
    await outcome(/domain of this e-mail address is not proven/, { knownThere: false });
    const confirm = { tenantId: acme.id, domain: acme.domain };
    await callApi(page, "POST", "/api/platform/sign-in-domains", { body: confirm });
    await outcome(/This person would be: Admin/, { knownThere: true });
    await expect(page.getByRole("cell", { name: `"ann@${acme.domain}"` })).toBeVisible();

    await page.getByLabel("In use").click();
    await page.getByRole("button", { name: "Save" }).first().click();
    await expect(page.getByText("Sign-in service saved", { exact: true })).toBeVisible();
    await expect(page.getByText("tested", { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText("confirmed by an operator")).toBeVisible();
    await expect(page.getByLabel("Client secret")).toHaveValue("");
    await expectAccessible(page);
  });

  await test.step("the same for the other tenant, through the API", async () => {
    await callApi(page, "PUT", `/api/${globex.slug}/sign-in/provider`, {
      body: {
        name: "Globex ID",
        issuer: globex.provider.issuer,
        clientId: "signalbox",
        clientSecret: "signalbox-secret",
        scopes: "openid email profile",
        roleMap: { claim: "groups", map: { sre: "editor", leads: "admin" }, otherwise: null },
        enabled: true,
      },
    });
    await callApi(page, "POST", `/api/${globex.slug}/sign-in/domains`, {
      body: { domain: globex.domain },
      status: 201,
    });
    const confirm = { tenantId: globex.id, domain: globex.domain };
    await callApi(page, "POST", "/api/platform/sign-in-domains", { body: confirm });
  });

  await test.step("each comes in by the domain of the address, and only at home", async () => {
    const ann = await signInByAddress(browser, `ann@${acme.domain}`, "ann");
    await expect(ann).toHaveURL(new RegExp(`/${acme.slug}$`));
    expect(await callApi(ann, "GET", "/api/me")).toMatchObject({ tenants: [{ slug: acme.slug, role: "admin" }] });
    const gus = await signInByAddress(browser, `gus@${globex.domain}`, "gus");
    await expect(gus).toHaveURL(new RegExp(`/${globex.slug}$`));
    for (const [visitor, other] of [
      [ann, globex],
      [gus, acme],
    ] as const) {
      await callApi(visitor, "GET", `/api/${other.slug}/members`, { status: 404 });
      expect((await visitor.goto(`/${other.slug}`))?.status()).toBe(404);
    }
    await gus.context().close();
    await ann.context().close();
  });

  await test.step("a provider that calls somebody of its own by the address of another tenant's admin opens nothing", async () => {
    const mallory = await newPage();
    await mallory.goto(`/sign-in?tenant=${globex.slug}`);
    await expectAccessible(mallory);
    await mallory.getByRole("button", { name: "Continue with Globex ID" }).click();
    await mallory.waitForURL(/\/interaction\//);
    await passProvider(mallory, "mallory");
    await expect(mallory.getByText("This account may not sign in here.")).toBeVisible();
    await callApi(mallory, "GET", "/api/me", { status: 401 });
    await mallory.context().close();
  });

  await test.step("an address of nobody and one of somebody are answered alike", async () => {
    const stranger = await newPage();
    await stranger.goto("/sign-in");
    const ask = (email: string) => callApi(stranger, "POST", "/api/auth/where-to", { body: { email } });
    expect(await ask("alice@meridian.example")).toEqual({ provider: null });
    expect(await ask("nobody@meridian.example")).toEqual({ provider: null });
    expect(await ask(`nobody@${acme.domain}`)).toEqual(await ask(`ann@${acme.domain}`));
    await stranger.getByLabel("E-mail").fill("nobody@meridian.example");
    await stranger.getByRole("button", { name: "Continue", exact: true }).click();
    await expect(stranger.getByLabel("Password")).toBeFocused();
    await stranger.context().close();
  });

  await test.step("enforced: others are sent to the service, an admin for emergencies comes in and is told", async () => {
    const bob = { name: "Bob Viewer", email: "bob@meridian.example", role: "viewer" };
    const seen = await newPage();
    await signInWithOidc(seen, "bob");
    const { member } = await callApi<{ member: { id: string } }>(page, "POST", `/api/${acme.slug}/members`, {
      body: bob,
      status: 201,
    });
    await callApi(seen, "GET", `/api/${acme.slug}/members`);

    await page.goto(`/${acme.slug}/settings/sign-in`);
    await page.getByLabel("Members come in through the sign-in service only").click();
    await expect(page.getByText("Name at least one admin for emergencies.")).toBeVisible();
    await page.getByLabel(/Alice Admin/).check();
    await page.getByRole("button", { name: "Save" }).last().click();
    await expect(page.getByText("Rules saved", { exact: true })).toBeVisible();
    await page.goto(`/${acme.slug}`);
    await expect(page.getByText("Emergency access")).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/${acme.slug}/audit`);
    await expect(page.getByRole("table").getByText("Emergency admin came in without single sign-on")).toHaveCount(1);

    await callApi(seen, "GET", `/api/${acme.slug}/members`, { status: 403 });
    await seen.goto(`/${acme.slug}/receivers`);
    await expect(seen).toHaveURL(/\/sign-in\?tenant=/);
    await expect(seen.getByText("This tenant wants you to sign in through its own service")).toBeVisible();
    await expect(seen.getByRole("button", { name: "Continue with Acme ID" })).toBeVisible();
    await seen.goto("/demo");
    await expect(seen).toHaveURL(/\/demo$/);
    await seen.context().close();
    const ann = await signInByAddress(browser, `ann@${acme.domain}`, "ann");
    await expect(ann).toHaveURL(new RegExp(`/${acme.slug}$`));
    await expect(ann.getByText("Emergency access")).toHaveCount(0);
    await ann.context().close();
    await callApi(page, "DELETE", `/api/${acme.slug}/members/${member.id}`);
  });

  await callApi(page, "PUT", `/api/${acme.slug}/sign-in/policy`, { body: { enforced: false, breakGlass: [] } });
  for (const { slug, provider } of [acme, globex]) {
    await leaveTenant(page, slug, browser);
    await provider.stop();
  }
});
