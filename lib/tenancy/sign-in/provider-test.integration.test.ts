import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { startOidcProvider } from "../../../e2e/fakes/oidc-provider.mjs";
import type { TenantContext } from "../context";
import type { ProviderInput } from "./contract";
import { finishSignInTest, readSignInTest, startSignInTest, testOfState } from "./provider-test";
import { authProviderId, providerIdOf } from "./providers";
import { addSignInDomain, confirmSignInDomain, readTenantSignIn, setSignInProvider } from "./settings";

const APP = "http://127.0.0.1:3000";
let database: TestDatabase;
let ctx: TenantContext;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;
const session = { id: randomUUID() };
/** Whoever asks sits at a browser. */
const browser = (): TenantContext => ({
  ...ctx,
  session: { ...session, factors: [], steppedUpAt: new Date(), asked: false },
});

beforeAll(async () => {
  process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), "signalbox-sso-test-"));
  process.env.PUBLIC_URL = APP;
  process.env.NEXTAUTH_SECRET = "a secret of a test";
  process.env.OUTBOUND_ALLOW = "sso=127.0.0.1";
  database = await startTestDatabase();
  ctx = await database.addTenant("admin");
  provider = await startOidcProvider({ appUrl: APP, callback: authProviderId(providerIdOf(ctx.tenantId)) });
  await addSignInDomain(ctx, { domain: "meridian.example" });
  await confirmSignInDomain(ctx, "meridian.example");
});
afterAll(async () => {
  delete process.env.OUTBOUND_ALLOW;
  await provider.stop();
  await database.stop();
});

const settings = (more: Partial<ProviderInput> = {}): ProviderInput => ({
  name: "Company",
  issuer: provider.issuer,
  clientId: "signalbox",
  clientSecret: "signalbox-secret",
  scopes: "openid email profile",
  roleMap: { claim: "groups", map: { sre: "approver" }, otherwise: null },
  enabled: true,
  ...more,
});

/** As a browser goes through the provider's pages; what it brings back to us. */
async function walk(start: string, login = "alice"): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 14; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, {
      method: form ? "POST" : "GET",
      headers: { cookie },
      redirect: "manual",
      ...(form ? { body: form } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    form = undefined;
    const location = answer.headers.get("location");
    if (location) {
      url = new URL(location, url).href;
      if (url.startsWith(APP)) return new URL(url).searchParams;
      continue;
    }
    const html = await answer.text();
    const [, action = ""] = /action="([^"]+)"/.exec(html) ?? [];
    const [, prompt = ""] = /name="prompt" value="(\w+)"/.exec(html) ?? [];
    url = new URL(action, url).href;
    form = new URLSearchParams({ prompt, login, password: "irrelevant" });
  }
  throw new Error("The provider did not send the browser back.");
}

async function run(input: ProviderInput, login?: string) {
  const { id, url } = await startSignInTest(browser(), input);
  const answer = await walk(url, login);
  expect(testOfState(answer.get("state"))).toEqual({ tenantId: ctx.tenantId, id });
  await finishSignInTest(ctx, session, id, answer);
  return { id, answer, outcome: (await readSignInTest(ctx, id)).outcome };
}

test("a round trip shows the claims and the role, makes nobody a member, and counts for these settings only", async () => {
  await setSignInProvider(ctx, settings());
  const { outcome } = await run(settings({ clientSecret: undefined }));
  expect(outcome).toMatchObject({
    problem: null,
    role: "approver",
    claims: { sub: "alice", email: "alice@meridian.example", groups: ["sre"] },
  });
  expect(await database.asOwner("SELECT 1 FROM memberships")).toEqual([]);
  const tested = async () => (await readTenantSignIn(ctx, undefined)).provider?.tested;
  expect(await tested()).toBe(true);
  await setSignInProvider(ctx, settings({ scopes: "openid email" }));
  expect(await tested()).toBe(false);
});

test("the answer counts for the session that asked, once, and not for another tenant", async () => {
  const { id, url } = await startSignInTest(browser(), settings());
  const answer = await walk(url);
  const gone = { code: "not_found" };
  await expect(finishSignInTest(ctx, { id: randomUUID() }, id, answer)).rejects.toMatchObject(gone);
  const other = await database.addTenant("admin");
  await expect(finishSignInTest(other, session, id, answer)).rejects.toMatchObject(gone);
  await expect(readSignInTest(other, id)).rejects.toMatchObject(gone);
  await finishSignInTest(ctx, session, id, answer);
  await expect(finishSignInTest(ctx, session, id, answer)).rejects.toMatchObject(gone);
});

test("what is wrong is named, and the test then counts for nothing", async () => {
  const secret = await run(settings({ clientSecret: "wrong" }));
  expect(secret.outcome).toMatchObject({ problem: "refused", detail: expect.stringContaining("401") });
  const role = await run(settings(), "bob");
  expect(role.outcome).toMatchObject({ problem: "no_role", role: null, claims: { groups: ["support"] } });
  const domain = await run(settings(), "mallory");
  expect(domain.outcome).toMatchObject({ problem: "unverified_email" });
  const email = await run(settings({ scopes: "openid profile" }));
  expect(email.outcome).toMatchObject({ problem: "no_email" });
  const failed = [secret.id, role.id, domain.id, email.id];
  const { id, url } = await startSignInTest(browser(), settings());
  const denied = new URLSearchParams({ error: "access_denied", state: new URL(url).searchParams.get("state") ?? "" });
  await finishSignInTest(ctx, session, id, denied);
  expect((await readSignInTest(ctx, id)).outcome).toMatchObject({ problem: "refused", detail: "access_denied" });
  const known = await database.asOwner<{ passed: boolean }>("SELECT passed FROM sign_in_tests WHERE id = ANY ($1)", [
    [...failed, id],
  ]);
  expect(known.map(({ passed }) => passed)).toEqual([false, false, false, false, false]);
});

test("a code of another round trip is refused: nonce and verifier are this one's", async () => {
  const first = await startSignInTest(browser(), settings());
  const second = await startSignInTest(browser(), settings());
  const answer = await walk(first.url);
  await finishSignInTest(ctx, session, second.id, answer);
  expect((await readSignInTest(ctx, second.id)).outcome?.problem).toBe("refused");
});

test("a provider that calls itself otherwise, cannot be reached, or may not be, is no provider", async () => {
  const slash = settings({ issuer: `${provider.issuer}/` });
  await expect(startSignInTest(browser(), slash)).rejects.toMatchObject({ code: "target_refused" });
  delete process.env.OUTBOUND_ALLOW;
  await expect(startSignInTest(browser(), settings())).rejects.toMatchObject({ code: "outbound_refused" });
  process.env.OUTBOUND_ALLOW = "sso=127.0.0.1";
});

test("only an admin may", async () => {
  const editor = { ...ctx, role: "editor" as const };
  await expect(startSignInTest({ ...browser(), role: "editor" }, settings())).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readSignInTest(editor, randomUUID())).rejects.toMatchObject({ code: "forbidden" });
});

test.each([
  null,
  "",
  "test.",
  `test.${randomUUID()}`,
  `test.x.${randomUUID()}`,
  `test.${randomUUID()}.${randomUUID()}.x`,
  "abc",
])("%j is the state of no test", (state) => {
  expect(testOfState(state)).toBeNull();
});
