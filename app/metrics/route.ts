import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { metrics } from "@/lib/observability";

export const dynamic = "force-dynamic";

/** Prometheus' text format; with METRICS_TOKEN set, for its bearer only. */
export async function GET(request: Request): Promise<Response> {
  const { METRICS_TOKEN: token } = env();
  if (token && !same(request.headers.get("authorization") ?? "", `Bearer ${token}`)) {
    return new Response("unauthorized\n", { status: 401, headers: { "www-authenticate": "Bearer" } });
  }
  const { registry } = metrics();
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  });
}

// Digests have one length, which timingSafeEqual wants and which tells nothing about the token's.
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
