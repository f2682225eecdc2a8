import { z } from "zod";
import { env } from "@/lib/env";
import { AppError, ERROR_CODES, type ErrorCode } from "@/lib/errors";
import { clientAddressOf, logger, metrics, requestIdOf } from "@/lib/observability";

const TITLES: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "Sign in first",
  forbidden: "Not allowed",
  not_found: "Not found",
  invalid_input: "The input is not valid",
  stale_version: "Somebody else saved in the meantime",
  precondition_required: "If-Match is missing",
  csrf_refused: "Refused: the request does not come from Signalbox's own pages",
  rate_limited: "Too many attempts",
  internal: "Something went wrong on the server",
};

/** RFC 9457. What is not an AppError is told to the log, never to the caller. */
export function problem(error: unknown, requestId: string): Response {
  const known = toAppError(error);
  if (known.code === "internal") logger("http").error({ err: error, requestId }, "request failed");
  const body = {
    ...known.details,
    type: `urn:signalbox:problem:${known.code}`,
    title: TITLES[known.code] ?? known.code.replaceAll("_", " "),
    status: ERROR_CODES[known.code],
    code: known.code,
    detail: known.message,
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  headers.set("x-request-id", requestId);
  if (known.code === "rate_limited") headers.set("retry-after", String(known.details.retryAfter ?? 60));
  return new Response(JSON.stringify(body), { status: body.status, headers });
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, message }) => ({ path, message }));
    return new AppError("invalid_input", issues[0]?.message ?? "The input is not valid.", { issues });
  }
  if (isHangUp(error))
    return new AppError("invalid_input", "The connection ended before all of the request was there.");
  return new AppError("internal", "Something went wrong. The log has the details under this request id.");
}

/** Whoever asked has left in the midst of the body: no fault of ours, and nobody reads the answer. */
function isHangUp(error: unknown): boolean {
  return error instanceof Error && error.message === "aborted" && "code" in error && error.code === "ECONNRESET";
}

/** Plain values become JSON, `undefined` becomes 204; a handler may also build its own Response. */
export function answer(result: unknown, requestId: string): Response {
  const response = result instanceof Response ? result : asJson(result);
  response.headers.set("x-request-id", requestId);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  return response;
}

function asJson(result: unknown): Response {
  return result === undefined ? new Response(null, { status: 204 }) : Response.json(result);
}

/** The credentials of a program; `null` when the request has none, and then it is a browser's. */
export function bearerOf(request: Request): string | null {
  const [scheme = "", ...rest] = (request.headers.get("authorization") ?? "").trim().split(/ +/);
  return scheme.toLowerCase() === "bearer" ? rest.join(" ") : null;
}

/** Cookies travel by themselves, so a write needs a header that no other site can send, and our own origin. */
export function refuseForeignWrites(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const foreign =
    (site !== null && site !== "same-origin" && site !== "none") ||
    (origin !== null && !isOurs(origin, request.headers));
  if (foreign || request.headers.get("x-signalbox-csrf") !== "1") {
    throw new AppError(
      "csrf_refused",
      "Writes need the header x-signalbox-csrf: 1 and must come from the same origin.",
    );
  }
}

/** Under the name that the browser used, or under PUBLIC_URL where a proxy asks us by another name. */
function isOurs(origin: string, headers: Headers): boolean {
  if (!URL.canParse(origin)) return false;
  const { PUBLIC_URL } = env();
  const { host } = new URL(origin);
  return (
    host === (headers.get("x-forwarded-host") ?? headers.get("host")) ||
    origin === (PUBLIC_URL && new URL(PUBLIC_URL).origin)
  );
}

/** Of whom a request turned out to be; the handler fills it in, for the log. Opaque ids only. */
export interface Who {
  tenantId?: string;
  actor?: string;
  token?: string;
}

/**
 * Runs a handler: foreign writes refused, failures as problem+json, one measurement, one line in the log. `route` is the
 * pattern, not the path: paths hold names. `bearer`: the handler knows tokens, which no other site can make a browser send;
 * `cookies: false`: it reads none at all.
 */
export async function respond(
  request: Request,
  route: string,
  handle: (requestId: string, who: Who) => Promise<unknown>,
  { bearer = false, cookies = true }: { bearer?: boolean; cookies?: boolean } = {},
): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const started = performance.now();
  const who: Who = {};
  let response: Response;
  try {
    // Whoever shows a token is judged by it alone: no cookie is read, so nobody can lend theirs without knowing.
    if (cookies && !(bearer && bearerOf(request) !== null)) refuseForeignWrites(request);
    response = answer(await handle(requestId, who), requestId);
  } catch (error) {
    response = problem(error, requestId);
    if (response.status === 401 && bearerOf(request) !== null) {
      response.headers.set("www-authenticate", 'Bearer error="invalid_token"');
    }
  }
  const { method } = request;
  const { status } = response;
  const ms = performance.now() - started;
  metrics().httpRequestSeconds.observe({ method, route, status: String(status) }, ms / 1000);
  // Reads are many and change nothing.
  const level = status < 400 && (method === "GET" || method === "HEAD") ? "debug" : "info";
  const client = clientAddressOf(request.headers);
  logger("http")[level]({ requestId, ...who, client, method, route, status, ms: Math.round(ms) }, "answered");
  return response;
}
