import { resolvePerson, resolveTenant } from "../current";
import { tenantsOf } from "../memberships-of";
import { finishSignInTest, testOfState } from "./provider-test";
import { providerIdIn, type UsableProvider, usableProvider } from "./providers";

/** Of the tenant that a request to next-auth is about; `action` and `name` are the ends of its path. */
export async function signInServiceFor(action = "", name = ""): Promise<UsableProvider | null> {
  const id = action === "signin" || action === "callback" ? providerIdIn(name) : null;
  return id ? usableProvider(id) : null;
}

/**
 * A provider sends the browser back to one address, after a test as after signing in: where to go on after a test, or `null`
 * when it was none. Throws when the test is not that of the session whose browser came.
 */
export async function comeBackFromTest(answer: URLSearchParams): Promise<string | null> {
  const test = testOfState(answer.get("state"));
  if (!test) return null;
  const session = await resolvePerson();
  const tenant = (await tenantsOf(session.personId)).find(({ id }) => id === test.tenantId);
  const ctx = await resolveTenant(tenant?.slug ?? "");
  await finishSignInTest(ctx, session, test.id, answer);
  return `/${ctx.tenantSlug}/settings/sign-in/tested?test=${test.id}`;
}
