import {
  type AnsweredRequest,
  afterFailure,
  afterResponse,
  type HttpRequest,
  type IntegrationKey,
} from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { type OutboundResponse, outboundRequest } from "@/lib/resilience";
import { REQUEST_FAILURES, type TestRequestDto } from "./contract";
import type { Redactor } from "./redact";
import { type OAuth2, type Transport, Unsupported } from "./transport";

export const DEADLINE_MS = 15_000;
const purpose = "test-sends";
const MOST_READ = 64 * 1024;

export interface Sent {
  dto: TestRequestDto;
  /** As it was answered; null when it was not. */
  answer: AnsweredRequest | null;
}

/** One request to the byte, to an address that may be called, without following redirects. */
export async function sendHttp(
  key: IntegrationKey,
  request: HttpRequest,
  transport: Transport,
  redactor: Redactor,
): Promise<Sent> {
  const { method, scheme, host, path, body } = request;
  const began = performance.now();
  const described = (rest: Pick<TestRequestDto, "status" | "response" | "error" | "next">) => ({
    method,
    host,
    path: redactor.clean(path),
    durationMs: Math.round(performance.now() - began),
    ...rest,
  });
  try {
    const headers = transport.oauth2
      ? [...request.headers.filter(([name]) => name !== "Authorization"), await bearer(transport.oauth2, redactor)]
      : request.headers;
    const response = await outboundRequest({
      purpose,
      url: `${scheme}://${host}${path}`,
      path,
      method,
      rawHeaders: headers,
      ...(body === "" ? {} : { body }),
      deadlineMs: DEADLINE_MS,
      maxBytes: MOST_READ,
      clip: true,
      tls: transport.tls,
    });
    const answer = answerOf(path, response);
    const redirected = response.status >= 300 && response.status < 400 && transport.followRedirects;
    const next = redirected ? "redirected" : afterResponse(key, answer);
    return {
      dto: described({ status: response.status, response: redactor.clip(response.body), error: null, next }),
      answer,
    };
  } catch (error) {
    return { dto: described({ status: null, response: "", ...failureOf(key, error, redactor) }), answer: null };
  }
}

export function answerOf(path: string, { status, headers, body }: OutboundResponse): AnsweredRequest {
  return { path, status, contentType: headers["content-type"] ?? "", body };
}

/** @throws what is no failure of the exchange */
export function failureOf(
  key: IntegrationKey,
  error: unknown,
  redactor: Redactor,
): Pick<TestRequestDto, "error" | "next"> {
  if (!(error instanceof AppError)) throw error;
  const given = error.code === "outbound_refused" ? "refused" : error.details.reason;
  const reason = REQUEST_FAILURES.find((known) => known === given) ?? "connection";
  return { error: { reason, message: redactor.clip(error.message) }, next: afterFailure(key) };
}

/** As Go's client asks: with the credentials in a header, and when that is refused in the body. */
async function bearer(oauth2: OAuth2, redactor: Redactor): Promise<readonly [string, string]> {
  redactor.add(oauth2.clientSecret);
  const asked = [
    ["grant_type", "client_credentials"],
    ...(oauth2.scopes.length > 0 ? [["scope", oauth2.scopes.join(" ")]] : []),
    ...oauth2.params,
  ];
  const basic = Buffer.from(`${encodeURIComponent(oauth2.clientId)}:${encodeURIComponent(oauth2.clientSecret)}`);
  const inBody = [...asked, ["client_id", oauth2.clientId], ["client_secret", oauth2.clientSecret]];
  const first = await askToken(oauth2, asked, { authorization: `Basic ${basic.toString("base64")}` });
  const answer = first.status >= 400 && first.status < 500 ? await askToken(oauth2, inBody, {}) : first;
  const token = tokenIn(answer.body);
  if (answer.status !== 200 || token === null)
    throw new Unsupported(`oauth2: ${new URL(oauth2.tokenUrl).host} gave no token (HTTP ${answer.status}).`);
  redactor.add(token);
  return ["Authorization", `Bearer ${token}`];
}

function askToken(oauth2: OAuth2, fields: string[][], headers: Record<string, string>): Promise<OutboundResponse> {
  return outboundRequest({
    purpose,
    url: oauth2.tokenUrl,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
    deadlineMs: DEADLINE_MS,
    maxBytes: MOST_READ,
    tls: oauth2.tls,
  });
}

function tokenIn(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    const token =
      typeof parsed === "object" && parsed !== null && "access_token" in parsed ? parsed.access_token : null;
    return typeof token === "string" && token !== "" ? token : null;
  } catch {
    return null;
  }
}
