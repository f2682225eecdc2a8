import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { metrics } from "@/lib/observability";
import { addressKey, peopleFirst } from "@/lib/resilience";

const OF_TENANT = /^\/api\/([a-z0-9-]+)\//;
const BEARER = /^bearer +\S/i;
/** Files of the build, what watches us, and the tap, whose senders must never wait. */
const AT_ONCE = /^\/(?:_next\/|favicon|healthz|readyz|metrics|api\/tap\/)/;

const TOO_LONG = JSON.stringify({
  type: "urn:signalbox:problem:rate_limited",
  title: "Too many attempts",
  status: 429,
  code: "rate_limited",
  detail: "Others are at work too, and these programs ask a lot. Go on in 1 s.",
  retryAfter: 1,
});

/** Whose program asks: of which tenant, and from where, so that nobody can fill another's line with tokens that are none. */
function programOf({ headers, url = "" }: IncomingMessage): string | null {
  if (!BEARER.test(headers.authorization ?? "")) return null;
  return `${addressKey(String(headers["x-forwarded-for"]))} ${OF_TENANT.exec(url)?.[1] ?? ""}`;
}

function refuse(response: ServerResponse): void {
  metrics().rateLimited.inc({ limit: "people_first" });
  response.writeHead(429, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "retry-after": "1",
  });
  response.end(TOO_LONG);
}

/** Hands people's requests on at once, and those of programs when it is their turn. */
export function inTurn(listener: RequestListener): RequestListener {
  const turns = peopleFirst();
  return (request, response) => {
    if (AT_ONCE.test(request.url ?? "")) return listener(request, response);
    const program = programOf(request);
    if (program === null) {
      response.once("close", turns.person());
      return listener(request, response);
    }
    void turns.program(program).then((release) => {
      if (release === null) return refuse(response);
      // It left while it waited.
      if (response.destroyed) return release();
      response.once("close", release);
      listener(request, response);
    });
  };
}
