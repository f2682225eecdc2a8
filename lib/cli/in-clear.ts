import type { Env } from "@/lib/env";
import { isLoopback, parseTrustedProxies, plainAddress } from "@/lib/resilience";

type Settings = Pick<Env, "HOST" | "TLS_CERT_FILE" | "PUBLIC_URL" | "NEXTAUTH_URL" | "TRUSTED_PROXIES" | "PLAIN_HTTP">;

/** What platforms ask from machines that are no proxies. */
const PROBES = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * Whether somebody at `address` may be answered. Anybody is by TLS, on the loopback, and where the operator says that nobody
 * else comes by; behind a proxy that speaks TLS, only that proxy and this machine are. Throws, saying what to set, where a
 * listener would take passwords from the network in clear.
 */
export function whoIsAnswered(settings: Settings): (address: string, path: string) => boolean {
  const { HOST, TLS_CERT_FILE, TRUSTED_PROXIES, PLAIN_HTTP } = settings;
  if (TLS_CERT_FILE || isLoopback(HOST) || PLAIN_HTTP === "yes") return () => true;
  const address = settings.PUBLIC_URL ?? settings.NEXTAUTH_URL ?? "";
  if (!address.startsWith("https:") || TRUSTED_PROXIES.trim() === "") {
    throw new Error(
      `HOST is ${HOST}: without TLS, passwords would cross the network in clear. Set TLS_CERT_FILE and TLS_KEY_FILE; or, where a ` +
        "proxy in front speaks TLS, PUBLIC_URL to its https address and TRUSTED_PROXIES to the proxy's own address; or " +
        "PLAIN_HTTP=yes, where only this machine reaches the port (a container's, published on 127.0.0.1).",
    );
  }
  const trusted = parseTrustedProxies(TRUSTED_PROXIES);
  return (peer, path) => isLoopback(peer) || trusted(plainAddress(peer)) || PROBES.has(path.split("?", 1)[0] ?? "");
}
