import { openApiDocument } from "../openapi";

/** Nothing in it depends on who asks, so it needs no session. */
export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { "cache-control": "public, max-age=300" } });
}
