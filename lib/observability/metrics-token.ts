import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/** Whether this request brings METRICS_TOKEN; null where none is set. */
export function bearsMetricsToken(headers: Headers): boolean | null {
  const { METRICS_TOKEN: token } = env();
  return token ? same(headers.get("authorization") ?? "", `Bearer ${token}`) : null;
}

// Digests have one length, which timingSafeEqual wants and which tells nothing about the token's.
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
