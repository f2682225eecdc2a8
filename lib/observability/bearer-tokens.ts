import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/** Whether this request brings METRICS_TOKEN; null where none is set. */
export function bearsMetricsToken(headers: Headers): boolean | null {
  const { METRICS_TOKEN: token } = env();
  return token ? bears(headers, token) : null;
}

/** Whether this request brings WITNESS_TOKEN; where none is set, none does. */
export function bearsWitnessToken(headers: Headers): boolean {
  const { WITNESS_TOKEN: token } = env();
  return token !== undefined && bears(headers, token);
}

// Digests have one length, which timingSafeEqual wants and which tells nothing about the token's.
function bears(headers: Headers, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(headers.get("authorization") ?? ""), digest(`Bearer ${token}`));
}
