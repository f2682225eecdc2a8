import { AppError } from "@/lib/errors";
import { clientAddressOf } from "@/lib/observability";
import { turnAway } from "@/lib/resilience";
import { authenticateToken, limitRequest, resolveTenant, type TenantContext } from "@/lib/tenancy";
import { bearerOf, respond } from "../problem";
import { readJson } from "../read-body";

export interface TenantRequest {
  ctx: TenantContext;
  params: Readonly<Record<string, string>>;
  search: URLSearchParams;
  /** The body as JSON; what it must look like is the verb's to say. */
  body: Record<string, unknown>;
  /** Version that `If-Match` names; `precondition_required` when the header is missing. */
  requiredVersion(): { expectedVersion: number };
  /** The same for writes where it may be left out. */
  optionalVersion(): { expectedVersion?: number };
}

type Handler = (request: TenantRequest) => Promise<unknown>;
/** Of a folder such as `[...path]` Next gives the parts: they are put together again. */
type RouteContext = { params: Promise<Record<string, string | string[]>> };

/**
 * The only wrapper of handlers inside a tenant: session and membership or token, foreign writes refused, `If-Match`, ETag of what
 * has a version, problem+json. `pattern` is the path after the tenant, as `operations.ts` spells it.
 */
export function tenantRoute(pattern: string, handle: Handler, success: { status?: 200 | 201 | 202 } = {}) {
  const route = `/api/{tenant}${pattern}`;
  return async (request: Request, { params }: RouteContext): Promise<Response> => {
    let limited: string | null = null;
    const response = await respond(
      request,
      route,
      async (requestId, who) => {
        const given = Object.entries(await params);
        const { tenant = "", ...rest } = Object.fromEntries(
          given.map(([name, value]) => [name, [value].flat().join("/")]),
        );
        const ctx = await whoAsks(request, tenant, requestId);
        Object.assign(who, {
          tenantId: ctx.tenantId,
          actor: ctx.actor.id,
          ...(ctx.token ? { token: ctx.token.id } : {}),
        });
        limited = tenant;
        await limitRequest(ctx);
        limited = null;
        const result = await handle({
          ctx,
          params: rest,
          search: new URL(request.url).searchParams,
          body: request.method === "GET" || request.method === "HEAD" ? {} : asObject(await readJson(request)),
          requiredVersion: () => ({ expectedVersion: required(versionOf(request)) }),
          optionalVersion: () => {
            const version = versionOf(request);
            return version === null ? {} : { expectedVersion: version };
          },
        });
        return result === undefined ? undefined : toResponse(result, success.status ?? 200);
      },
      { bearer: true },
    );
    if (limited !== null && response.status === 429) await refuseSooner(request, limited, response);
    return response;
  };
}

/** A program that asked too much and goes on asking is answered before the app is troubled. */
async function refuseSooner(request: Request, tenant: string, response: Response): Promise<void> {
  const bearer = bearerOf(request);
  if (bearer === null) return;
  const retryAfter = Number(response.headers.get("retry-after") ?? 1);
  turnAway(bearer, tenant, { body: await response.clone().text(), retryAfter });
}

function whoAsks(request: Request, tenant: string, requestId: string): Promise<TenantContext> {
  const bearer = bearerOf(request);
  if (bearer === null) return resolveTenant(tenant);
  return authenticateToken(bearer, tenant, { address: clientAddressOf(request.headers), requestId });
}

function asObject(body: unknown): Record<string, unknown> {
  if (body === undefined) return {};
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new AppError("invalid_input", "The body must be a JSON object.");
}

const ETAG = /^(?:W\/)?"(\d{1,9})"$/;

export function versionOf(request: Request): number | null {
  const header = request.headers.get("if-match");
  if (header === null) return null;
  const match = ETAG.exec(header.trim());
  if (!match) throw new AppError("invalid_input", 'If-Match must hold the version in quotes, such as "7".');
  return Number(match[1]);
}

function required(version: number | null): number {
  if (version !== null) return version;
  throw new AppError("precondition_required", "Send the version that you have seen in the header If-Match.");
}

function toResponse(result: unknown, status: number): Response {
  if (result instanceof Response) return result;
  const response = Response.json(result, { status });
  if (typeof result === "object" && result !== null && "version" in result && typeof result.version === "number") {
    response.headers.set("etag", `"${result.version}"`);
  }
  return response;
}
