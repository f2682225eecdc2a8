import { createHash } from "node:crypto";

/** No longer than this, whatever was said: by then an operator may have given more. */
const LONGEST_MS = 1_000;
const MOST = 1_000;

interface Refusal {
  /** What was answered, which is answered again. */
  body: string;
  until: number;
}

// On globalThis: what refuses stands before the app, in a bundle of its own.
const kept = globalThis as typeof globalThis & { signalboxTurnedAway?: Map<string, Refusal> };

// The credential itself is not kept.
const keyOf = (credential: string, tenant: string) =>
  createHash("sha256").update(tenant).update("\0").update(credential).digest("base64");

/** After a refusal that says when to go on: whoever shows the same credential there until then need not be looked at again. */
export function turnAway(
  credential: string,
  tenant: string,
  { body, retryAfter }: { body: string; retryAfter: number },
  now = Date.now(),
): void {
  kept.signalboxTurnedAway ??= new Map();
  const all = kept.signalboxTurnedAway;
  const key = keyOf(credential, tenant);
  all.delete(key);
  all.set(key, { body, until: now + Math.min(retryAfter * 1_000, LONGEST_MS) });
  if (all.size > MOST) all.delete(all.keys().next().value ?? key);
}

/** The body of the refusal that still holds, or `null`. It can only refuse: nothing is let in by it. */
export function turnedAway(credential: string, tenant: string, now = Date.now()): string | null {
  const all = kept.signalboxTurnedAway;
  if (!all || all.size === 0) return null;
  const key = keyOf(credential, tenant);
  const refusal = all.get(key);
  if (!refusal) return null;
  if (refusal.until > now) return refusal.body;
  all.delete(key);
  return null;
}
