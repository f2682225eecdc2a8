import { docsPage } from "./docs-page";

/** Plain HTML without script, so it reads the same under any policy. */
export function GET(request: Request): Response {
  const nonce = request.headers.get("x-nonce") ?? "";
  return new Response(docsPage(nonce), {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
