import { bearsMetricsToken, metrics } from "@/lib/observability";

export const dynamic = "force-dynamic";

/** Prometheus' text format; with METRICS_TOKEN set, for its bearer only. */
export async function GET({ headers }: Request): Promise<Response> {
  if (bearsMetricsToken(headers) === false) {
    return new Response("unauthorized\n", { status: 401, headers: { "www-authenticate": "Bearer" } });
  }
  const { registry } = metrics();
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  });
}
