import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { AppError } from "@/lib/errors";
import { requestIdOf } from "@/lib/observability";
import { authOptions, comeBackFromTest, limitSignIn, signInServiceFor } from "@/lib/tenancy";
import { problem } from "../../problem";
import { readText } from "../../read-body";

/** A password, a token, or what a passkey answers. */
const MAX_BODY = 64 * 1024;

type RouteContext = { params: Promise<{ nextauth: string[] }> };

async function handler(request: Request, context: RouteContext): Promise<Response> {
  const { nextauth } = await context.params;
  // Only here is something tried: a password, a link's token, a provider's code.
  if (nextauth[0] === "callback") {
    try {
      limitSignIn(request.headers);
    } catch (error) {
      return refusal(request, problem(error, requestIdOf(request.headers)));
    }
  }
  const [action, name] = nextauth;
  if (action === "callback") {
    const next = await comeBackFromTest(new URL(request.url).searchParams).catch(testRefused);
    if (next) return redirectTo(next);
  }
  const options = authOptions(await signInServiceFor(action, name));
  try {
    const response = uncached(await NextAuth((await limited(request)) as never, context as never, options));
    // It would write the request's own cookie anew, over the one that a proof brought meanwhile.
    if (action === "session") response.headers.delete("set-cookie");
    return response;
  } catch (error) {
    if (error instanceof AppError) return problem(error, requestIdOf(request.headers));
    throw error;
  }
}

/** next-auth reads whatever is sent to its end, so it gets what was read up to the limit. */
async function limited(request: Request): Promise<Request> {
  if (request.method !== "POST" || !request.body) return request;
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readText(request, MAX_BODY) });
}

/** What it tells is of one person's session, and so are its redirects. */
function uncached(response: Response): Response {
  response.headers.set("cache-control", "no-store");
  return response;
}

function testRefused(error: unknown): string {
  if (error instanceof AppError) return "/sign-in?error=Callback";
  throw error;
}

function redirectTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, "cache-control": "no-store" } });
}

/** A person who was sent here by the provider gets a page, with the same words. */
function refusal(request: Request, answer: Response): Response {
  if (answer.status !== 429 || request.headers.get("sec-fetch-mode") !== "navigate") return answer;
  const headers = new Headers({ location: "/sign-in?error=RateLimited", "cache-control": "no-store" });
  headers.set("retry-after", answer.headers.get("retry-after") ?? "60");
  return new Response(null, { status: 303, headers });
}

export { handler as GET, handler as POST };
