import { checkDatabase, checkMigrations } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { bearsMetricsToken, logger } from "@/lib/observability";
import { checkKeyFile } from "@/lib/secrets";

export const dynamic = "force-dynamic";

type Check = { status: "ok" } | { status: "unknown" } | { status: "failed"; code: string; detail: string };

/**
 * Whether requests should be sent here: the database answers, through a role that row-level security binds; it was brought to
 * this program's state; the key file opens the secrets. Of each it says so to this machine and to METRICS_TOKEN's bearer, to
 * everybody else only whether. Nothing here names a path, a host or a tenant.
 */
export async function GET({ headers }: Request): Promise<Response> {
  const database = await check("database", checkDatabase);
  // What is asked of a database cannot be known without one.
  const then = (name: string, work: () => Promise<void>): Promise<Check> | Check =>
    database.status === "ok" ? check(name, work) : { status: "unknown" };
  const checks = {
    database,
    migrations: await then("migrations", checkMigrations),
    key: await then("key", checkKeyFile),
  };
  const failed = Object.values(checks).find((result) => result.status === "failed");
  const status = failed ? "unavailable" : "ok";
  const mayKnow = headers.get("x-from-this-machine") === "yes" || bearsMetricsToken(headers) === true;
  return Response.json(mayKnow ? { status, code: failed?.code, checks } : { status }, {
    status: failed ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}

async function check(name: string, work: () => Promise<void>): Promise<Check> {
  try {
    await work();
    return { status: "ok" };
  } catch (err) {
    logger("readyz").warn({ err, check: name }, "not ready");
    const known = err instanceof AppError ? err : new AppError("not_ready", `The ${name} cannot be asked.`);
    return { status: "failed", code: known.code, detail: known.message };
  }
}
