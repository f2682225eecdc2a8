import pg from "pg";
import { strongTls } from "@/lib/resilience";

/** What of a URL is about TLS, in the words of libpq and pg. */
const ABOUT_TLS = ["ssl", "sslmode", "sslcert", "sslkey", "sslrootcert", "sslnegotiation", "uselibpqcompat"];

/**
 * How to connect to this URL. Where it asks for TLS, by whatever means pg knows (also PGSSLMODE), the key agreement is hybrid where
 * the server has it, and TLS 1.2 the oldest.
 */
export function connectionTo(url: string): pg.ClientConfig {
  // pg itself reads the URL; a client that is not connected costs nothing.
  const ssl: unknown = Reflect.get(new pg.Client({ connectionString: url }), "ssl");
  if (!ssl) return { connectionString: url };
  const plain = new URL(url);
  const direct = plain.searchParams.get("sslnegotiation") === "direct";
  // Left there, they would come before `ssl`.
  for (const name of ABOUT_TLS) plain.searchParams.delete(name);
  // In place: the driver hides a private key from being copied.
  const options = Object.assign(typeof ssl === "object" ? ssl : {}, strongTls());
  return { connectionString: plain.href, ssl: options, ...(direct ? { sslnegotiation: "direct" as const } : {}) };
}
