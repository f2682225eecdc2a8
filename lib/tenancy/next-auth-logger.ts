import type { NextAuthOptions } from "next-auth";
import { logger } from "@/lib/observability";

// State, nonce, codes and tokens look like this; names of hosts, settings and errors do not.
const SECRET_LOOK = /[\w+/=~-]{24,}(?:\.[\w+/=~-]*)*/g;
const LONGEST = 300;

/** The error that next-auth hands over, alone or under `error`, as one that can be read in a log and holds no secret. */
export function reasonOf(details: unknown): { name: string; message: string; code?: string } {
  const holder = typeof details === "object" && details !== null && "error" in details ? details.error : details;
  const error = holder instanceof Error ? holder : new Error(typeof holder === "string" ? holder : "");
  const text = error.message || (error.cause instanceof Error ? error.cause.message : "");
  const message = text
    .slice(0, 4 * LONGEST)
    .replaceAll(SECRET_LOOK, "[cut]")
    .slice(0, LONGEST);
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { name: error.name, message, ...(code ? { code } : {}) };
}

/** next-auth's own words in the app's log; its details otherwise hold addresses, cookies and tokens, so no more than a reason. */
export const nextAuthLogger = {
  error: (code, details) => logger("tenancy").warn({ code, reason: reasonOf(details) }, "sign-in failed"),
  warn: (code) => logger("tenancy").debug({ code }, "next-auth"),
  debug: () => undefined,
} satisfies NextAuthOptions["logger"];
