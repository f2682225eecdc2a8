import NextAuth from "next-auth";
import { AppError } from "@/lib/errors";
import { requestIdOf } from "@/lib/observability";
import { authOptions, comeBackFromTest, limitSignIn, signInServiceFor } from "@/lib/tenancy";
import { problem } from "../../problem";

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
  return NextAuth(request as never, context as never, authOptions(await signInServiceFor(action, name)));
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
