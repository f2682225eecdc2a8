import type { ZodType } from "zod";
import { AppError, ERROR_CODES, type ErrorCode } from "@/lib/errors";
import { askStepUp } from "./step-up";

export type ApiOptions<T> = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  /** Version that the writer has seen; sent as `If-Match`. */
  ifMatch?: number;
  /** The answer must fit; without it the answer is `unknown`. As a function it is loaded beside the request. */
  schema?: ZodType<T> | (() => Promise<ZodType<T>>);
  signal?: AbortSignal;
  headers?: Record<string, string>;
};

/** What the server refused, or `not_ready` with `details.network` when it could not be reached. */
export class ApiError extends AppError {
  override readonly name = "ApiError";
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_CODES, value);
}

function codeOfStatus(status: number): ErrorCode {
  const found = Object.entries(ERROR_CODES).find(([, known]) => known === status)?.[0];
  return isErrorCode(found) ? found : "internal";
}

async function refused(response: Response): Promise<ApiError> {
  let problem: Record<string, unknown> = {};
  try {
    const parsed: unknown = await response.json();
    if (typeof parsed === "object" && parsed !== null) problem = { ...parsed };
  } catch {
    // A proxy in between may answer in HTML; the status still says what kind of failure it was.
  }
  const { type: _type, title, status: _status, code, detail, ...details } = problem;
  const text = typeof detail === "string" ? detail : typeof title === "string" ? title : response.statusText;
  return new ApiError(isErrorCode(code) ? code : codeOfStatus(response.status), text, {
    ...details,
    status: response.status,
    requestId: response.headers.get("x-request-id") ?? undefined,
  });
}

/**
 * The one way from the browser to our API. Throws ApiError. An empty answer is `undefined`. A write that needs a fresh proof asks
 * for one, and is repeated.
 */
export async function api<T = unknown>(path: string, options: ApiOptions<T> = {}): Promise<T> {
  try {
    return await send(path, options);
  } catch (error) {
    const needsProof = error instanceof ApiError && error.code === "step_up_required";
    if (!needsProof || !(await askStepUp())) throw error;
    return send(path, options);
  }
}

/** What may bring the browser another cookie; the one before is worth nothing at once. */
const renewing = new Set<Promise<unknown>>();

/** A request that left with the cookie from before is sent once more when the new one is there. */
async function send<T>(path: string, options: ApiOptions<T>): Promise<T> {
  const sent = sendOnce(path, options);
  const renews = path.startsWith("/api/me/") && (options.method ?? "GET") !== "GET";
  if (renews) renewing.add(sent);
  try {
    return await sent;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "unauthenticated") throw error;
  } finally {
    renewing.delete(sent);
  }
  await Promise.allSettled(renewing);
  return sendOnce(path, options);
}

async function sendOnce<T>(path: string, options: ApiOptions<T>): Promise<T> {
  const { method = "GET", body, ifMatch, schema, signal, headers } = options;
  const judge = typeof schema === "function" ? schema() : Promise.resolve(schema);
  let response: Response;
  let fitting: ZodType<T> | undefined;
  try {
    // A write is not begun before its answer can be understood.
    if (method !== "GET") await judge;
    const request = fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        accept: "application/json",
        ...(method === "GET" ? {} : { "x-signalbox-csrf": "1" }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    [response, fitting] = await Promise.all([request, judge]);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("not_ready", "The server cannot be reached.", { network: true }, { cause });
  }
  if (!response.ok) throw await refused(response);
  const text = await response.text();
  const answer: unknown = text === "" ? undefined : JSON.parse(text);
  // Without a schema T is `unknown` unless the caller claims otherwise, as `fetch().json()` would let it.
  return fitting ? fitting.parse(answer) : (answer as T);
}
