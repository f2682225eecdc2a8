import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { clientAddressOf, metrics } from "@/lib/observability";
import { addressKey, type RateLimit, rateLimit } from "@/lib/resilience";
import type { TenantContext } from "./context";
import { publicUrl } from "./sign-in-link";
import { admitRequest } from "./tiers/rates";

type Limited = "sign_in" | "api" | "token_guess";

// On globalThis, because each route of the app may hold a copy of this module, and they share one limit.
const kept = globalThis as typeof globalThis & {
  signalboxLimits?: Partial<Record<Limited, { perMinute: number; limit: RateLimit }>>;
};

function waitFor(name: Limited, perMinute: number, key: string): number {
  kept.signalboxLimits ??= {};
  const known = kept.signalboxLimits[name];
  const current = known?.perMinute === perMinute ? known : { perMinute, limit: rateLimit(perMinute) };
  kept.signalboxLimits[name] = current;
  const wait = current.limit.take(key);
  if (wait > 0) metrics().rateLimited.inc({ limit: name });
  return wait;
}

/** Counts an attempt to sign in from the address of the request. Throws `rate_limited`. */
export function limitSignIn(headers: Headers): void {
  const wait = waitFor("sign_in", env().SIGN_IN_RATE_LIMIT, addressKey(clientAddressOf(headers)));
  if (wait === 0) return;
  // next-auth's code in the page reads what happened from this address.
  const url = publicUrl("/sign-in?error=RateLimited");
  throw new AppError("rate_limited", "Too many attempts to sign in from your address. Wait a little, then try again.", {
    retryAfter: wait,
    url,
  });
}

const TOKEN_GUESSES = 30;

/**
 * Counts a token that was worth nothing, from this address. Throws `rate_limited`: whoever guesses is told to wait, and
 * those with a good token behind the same address are not, for theirs is never counted.
 */
export function limitTokenGuesses(address: string): void {
  const wait = waitFor("token_guess", TOKEN_GUESSES, addressKey(address));
  if (wait === 0) return;
  throw new AppError("rate_limited", `Too many tokens that are not valid. Go on in ${wait} s.`, { retryAfter: wait });
}

/**
 * Counts a request inside a tenant: of a person, or of a token alone, so that a busy program does not stop its person; and of
 * all of them together, as many as the tenant's tier includes.
 */
export async function limitRequest({
  tenantId,
  actor,
  token,
}: Pick<TenantContext, "tenantId" | "actor" | "token">): Promise<void> {
  limitPerson(token?.id ?? actor.id);
  await admitRequest(tenantId);
}

/** Counts a request of a person who is signed in. Throws `rate_limited`. */
export function limitPerson(personId: string): void {
  const wait = waitFor("api", env().API_RATE_LIMIT, personId);
  if (wait === 0) return;
  throw new AppError("rate_limited", `Too many requests. Go on in ${wait} s.`, { retryAfter: wait });
}
