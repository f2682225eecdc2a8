import { checkDatabase } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";

export const dynamic = "force-dynamic";

/** Whether requests should be sent here: the database answers, through a role that row-level security binds. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    await checkDatabase();
    return Response.json({ status: "ok" }, { headers });
  } catch (error) {
    logger("readyz").warn({ err: error }, "not ready");
    const code = error instanceof AppError ? error.code : "not_ready";
    return Response.json({ status: "unavailable", code }, { status: 503, headers });
  }
}
