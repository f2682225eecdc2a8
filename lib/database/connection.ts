import pg from "pg";
import { AppError } from "@/lib/errors";
import { isLoopback, requiresTls, strongTls } from "@/lib/resilience";

/** What of a URL is about TLS, in the words of libpq and pg. */
const ABOUT_TLS = ["ssl", "sslmode", "sslcert", "sslkey", "sslrootcert", "sslnegotiation", "uselibpqcompat"];

/**
 * How to connect to this URL. Where it asks for TLS, by whatever means pg knows (also PGSSLMODE), the key agreement is hybrid where
 * the server has it, and TLS 1.2 the oldest.
 */
export function connectionTo(url: string): pg.ClientConfig {
  // pg itself reads the URL; a client that is not connected costs nothing.
  const client = new pg.Client({ connectionString: url });
  const ssl: unknown = Reflect.get(client, "ssl");
  if (requiresTls() && !isOnThisMachine(client.host) && !isVerified(ssl)) {
    throw new AppError(
      "not_ready",
      "REQUIRE_TLS is set: DATABASE_URL and MIGRATE_DATABASE_URL need sslmode=verify-full where PostgreSQL is on another machine.",
    );
  }
  if (!ssl) return { connectionString: url };
  const plain = new URL(url);
  const direct = plain.searchParams.get("sslnegotiation") === "direct";
  // Left there, they would come before `ssl`.
  for (const name of ABOUT_TLS) plain.searchParams.delete(name);
  // In place: the driver hides a private key from being copied.
  const options = Object.assign(typeof ssl === "object" ? ssl : {}, strongTls());
  return { connectionString: plain.href, ssl: options, ...(direct ? { sslnegotiation: "direct" as const } : {}) };
}

/** A folder is where a socket lies. */
const isOnThisMachine = (host: string) => host.startsWith("/") || isLoopback(host);

/** The certificate is held against the authorities and against the name. */
function isVerified(ssl: unknown): boolean {
  if (typeof ssl !== "object" || ssl === null) return ssl === true;
  return Reflect.get(ssl, "rejectUnauthorized") !== false && Reflect.get(ssl, "checkServerIdentity") === undefined;
}
