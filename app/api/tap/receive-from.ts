import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { receiveAlerts, tapOf } from "@/lib/history";
import { logger, metrics } from "@/lib/observability";
import { isTooDeep, readText } from "../read-body";

/** In logs and metrics in the place of the path, which may hold a token. */
const ROUTE = "/api/tap/{token}/api/v2/alerts";
const MAX_BODY = 32 * 1024 * 1024;

/**
 * What Prometheus posts to an Alertmanager: `/api/tap/<token>/api/v2/alerts`, or `/api/tap/api/v2/alerts` with the token as
 * Bearer. Answers as Alertmanager does.
 */
export async function receiveFrom(request: Request, path: readonly string[]): Promise<Response> {
  const started = performance.now();
  const response = await answer(request, path);
  const { status } = response;
  const { method } = request;
  metrics().httpRequestSeconds.observe(
    { method, route: ROUTE, status: String(status) },
    (performance.now() - started) / 1000,
  );
  if (status >= 400) logger("http").info({ method, route: ROUTE, status }, "a tap answered");
  response.headers.set("cache-control", "no-store");
  return response;
}

async function answer(request: Request, path: readonly string[]): Promise<Response> {
  if (path[0] !== "api" && env().TAP_TOKEN_IN_PATH === "no")
    return problem(401, "the token is taken in the header Authorization only, as Bearer");
  const [token, rest] = path[0] === "api" ? [bearerOf(request), path] : [path[0] ?? "", path.slice(1)];
  if (rest.join("/") !== "api/v2/alerts") return problem(404, `path ${rest.join("/")} was not found`);
  if (request.method !== "POST") return problem(405, `method ${request.method} is not allowed, but [POST] are`);
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json") {
    return problem(415, `unsupported media type ${JSON.stringify(type)}, only [application/json] are allowed`);
  }
  try {
    const tap = token === "" ? null : await tapOf(token);
    if (!tap) return problem(401, "this is not the token of a tap");
    const body = await readText(request, MAX_BODY);
    if (isTooDeep(body)) return problem(400, "the body is nested too deep");
    const refusal = await receiveAlerts(tap.tenantId, body);
    if (!refusal) return new Response(null, { status: 200 });
    return typeof refusal.body === "string"
      ? new Response(`${JSON.stringify(refusal.body)}\n`, { status: refusal.status, headers: JSON_TYPE })
      : problem(refusal.body.code, refusal.body.message, refusal.status);
  } catch (error) {
    return failure(error);
  }
}

const REFUSALS: ReadonlySet<string> = new Set(["rate_limited", "tenant_suspended", "feature_missing"]);

const JSON_TYPE = { "content-type": "application/json" };

function problem(code: number, message: string, status = code): Response {
  return new Response(JSON.stringify({ code, message }), { status, headers: JSON_TYPE });
}

function failure(error: unknown): Response {
  if (error instanceof AppError && error.code === "too_large") return problem(413, "the body is larger than 32 MiB");
  if (error instanceof AppError && REFUSALS.has(error.code)) {
    const response = problem(error.status, error.message);
    // Prometheus tells what fires again by itself, so what is refused now is not lost for good.
    if (error.code === "rate_limited") response.headers.set("retry-after", String(error.details.retryAfter ?? 60));
    return response;
  }
  const busy = error instanceof AppError && error.code === "not_ready";
  if (!busy) logger("history").error({ err: error }, "alerts could not be stored");
  const response = problem(503, busy ? error.message : "The alerts could not be stored. Send them again.");
  response.headers.set("retry-after", "5");
  return response;
}

function bearerOf(request: Request): string {
  return /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
}
