import { clientAddressOf } from "@/lib/observability";
import { exchangeToken } from "@/lib/tenancy";
import { tokenRequestSchema } from "@/lib/tenancy/tokens/contract";
import { respond } from "../problem";
import { readForm, readJson } from "../read-body";

/** Who asks is in the body: no cookie is read and no header of a browser asked for. */
export function POST(request: Request): Promise<Response> {
  const form = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded");
  const read = form ? readForm : readJson;
  return respond(
    request,
    "/api/token",
    async (requestId) =>
      exchangeToken(tokenRequestSchema.parse(await read(request)), {
        address: clientAddressOf(request.headers),
        userAgent: request.headers.get("user-agent") ?? "",
        requestId,
      }),
    { cookies: false },
  );
}
