import { AppError, type ErrorCode } from "@/lib/errors";
import { clientAddressOf } from "@/lib/observability";
import { authenticateProvisioning, limitRequest, type TenantContext } from "@/lib/tenancy";
import { SCIM, type ScimList } from "@/lib/tenancy/scim/contract";
import { bearerOf, respond } from "../../../problem";
import { readJson } from "../../../read-body";
import { versionOf } from "../../tenant-route";

export interface ScimRequest {
  ctx: TenantContext;
  id: string;
  body: unknown;
  asked: ScimList;
  options: { expectedVersion?: number };
}

type Handler = (request: ScimRequest) => Promise<unknown>;
type RouteContext = { params: Promise<Record<string, string>> };

const STATUS: Partial<Record<ErrorCode, number>> = { invalid_input: 400, tenant_suspended: 403 };
const CONTENT_TYPE = "application/scim+json";

/** For directories (RFC 7644): a token with the scope `scim` and no cookie, failures in their own form. */
export function scimRoute(pattern: string, handle: Handler, { status = 200 }: { status?: 200 | 201 | 204 } = {}) {
  return (request: Request, { params }: RouteContext): Promise<Response> =>
    respond(
      request,
      `/api/{tenant}/scim/v2${pattern}`,
      async (requestId, who) => {
        try {
          const { tenant = "", id = "" } = await params;
          const ctx = await whoAsks(request, tenant, requestId);
          Object.assign(who, { tenantId: ctx.tenantId, actor: ctx.actor.id, token: ctx.token?.id });
          await limitRequest(ctx);
          const reads = request.method === "GET" || request.method === "HEAD" || request.method === "DELETE";
          const version = versionOf(request);
          const search = new URL(request.url).searchParams;
          const result = await handle({
            ctx,
            id,
            body: reads ? undefined : await readJson(request),
            asked: listOf(search),
            options: version === null ? {} : { expectedVersion: version },
          });
          return told(result, status, search, request);
        } catch (error) {
          return failure(error, requestId);
        }
      },
      { cookies: false },
    );
}

async function whoAsks(request: Request, tenant: string, requestId: string): Promise<TenantContext> {
  const bearer = bearerOf(request);
  if (bearer === null) throw new AppError("unauthenticated", "Show an API token with the scope scim.");
  return authenticateProvisioning(bearer, tenant, { address: clientAddressOf(request.headers), requestId });
}

function listOf(search: URLSearchParams): ScimList {
  const one = (name: string) => search.get(name) ?? undefined;
  return { filter: one("filter"), startIndex: one("startIndex"), count: one("count") };
}

/** A page of a list, as `{ total, resources }`, or one resource, or nothing. */
function told(result: unknown, status: number, search: URLSearchParams, request: Request): Response {
  if (result === undefined) return new Response(null, { status: 204 });
  if (isPage(result)) {
    const from = Math.max(1, Number(search.get("startIndex")) || 1);
    const resources = result.resources.map((resource) => selected(resource, search).body);
    const list = { totalResults: result.total, startIndex: from, itemsPerPage: resources.length };
    return json({ schemas: [SCIM.list], ...list, Resources: resources }, 200);
  }
  const { body, version, location } = selected(result, search);
  const etag: Record<string, string> = version === undefined ? {} : { etag: `W/"${version}"` };
  if (version !== undefined && request.headers.get("if-none-match") === `W/"${version}"`) {
    return new Response(null, { status: 304, headers: etag });
  }
  return json(body, status, { ...etag, ...(location === undefined ? {} : { location }) });
}

function isPage(result: unknown): result is { total: number; resources: readonly unknown[] } {
  return typeof result === "object" && result !== null && "total" in result && "resources" in result;
}

const ALWAYS = ["schemas", "id"];

/** `attributes` and `excludedAttributes` name attributes at the top; what is always told stays (RFC 7644 §3.9). */
function selected(resource: unknown, search: URLSearchParams) {
  const { version, ...all } = Object(resource) as Record<string, unknown>;
  const names = (parameter: string) =>
    (search.get(parameter) ?? "")
      .split(",")
      .map((name) => name.trim().split(".")[0]?.toLowerCase() ?? "")
      .filter(Boolean);
  const [only, without] = [names("attributes"), names("excludedAttributes")];
  const kept = Object.entries(all).filter(([key]) => {
    if (ALWAYS.includes(key)) return true;
    return only.length > 0 ? only.includes(key.toLowerCase()) : !without.includes(key.toLowerCase());
  });
  const { location } = Object(all.meta) as { location?: string };
  return { body: Object.fromEntries(kept), version, location };
}

function json(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": CONTENT_TYPE, ...headers } });
}

function failure(error: unknown, requestId: string): Response {
  // What nobody foresaw is logged where all such are.
  if (!(error instanceof AppError) || error.code === "internal") throw error;
  const status = STATUS[error.code] ?? error.status;
  const { scimType, retryAfter } = error.details;
  const body = {
    schemas: [SCIM.error],
    status: String(status),
    ...(typeof scimType === "string" ? { scimType } : {}),
    detail: error.message,
  };
  const headers: Record<string, string> = { "x-request-id": requestId };
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="SCIM"';
  if (status === 429) headers["retry-after"] = String(retryAfter ?? 60);
  return json(body, status, headers);
}

/** For what is the same for everybody who may ask. */
export function discoveryRoute(pattern: string, find: (id: string, base: string) => unknown) {
  return scimRoute(pattern, async ({ id, ctx }) => {
    const found = find(id, `/api/${ctx.tenantSlug}/scim/v2`);
    if (found === undefined) throw new AppError("not_found", "There is no such thing.");
    return found;
  });
}
