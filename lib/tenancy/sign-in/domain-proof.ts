import { Resolver } from "node:dns/promises";
import { env } from "@/lib/env";
import { CHALLENGE_LABEL } from "./contract";

export function challenge(domain: string, token: string): { name: string; value: string } {
  return { name: `${CHALLENGE_LABEL}.${domain}`, value: `signalbox-verification=${token}` };
}

/** Whether the record stands in DNS now. A name without records and a server that does not answer both say no. */
export async function isProven(domain: string, token: string): Promise<boolean> {
  const { name, value } = challenge(domain, token);
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const { DNS_SERVERS } = env();
  if (DNS_SERVERS) resolver.setServers(DNS_SERVERS.split(",").map((server) => server.trim()));
  try {
    const records = await resolver.resolveTxt(name);
    return records.some((parts) => parts.join("").trim() === value);
  } catch {
    return false;
  }
}
