import { isIP } from "node:net";
import { inRange } from "./addresses";

export const OUTBOUND_PURPOSES = [
  "targets",
  "oidc",
  "sso",
  "test-sends",
  "notices",
  "mail",
  "witnesses",
  "keys",
] as const;
export type OutboundPurpose = (typeof OUTBOUND_PURPOSES)[number];

type Entry = { kind: "host"; host: string; port: number | null } | { kind: "range"; network: string; prefix: number };
export type AllowList = Readonly<Record<OutboundPurpose, readonly Entry[]>>;

/** `targets=10.1.0.0/16, alertmanager.internal:9093; oidc=sso.internal` — exact hosts and CIDRs, never a wildcard. */
export function parseAllowList(text: string | undefined): AllowList {
  const result: Record<OutboundPurpose, Entry[]> = {
    targets: [],
    oidc: [],
    sso: [],
    "test-sends": [],
    notices: [],
    mail: [],
    witnesses: [],
    keys: [],
  };
  for (const group of (text ?? "").split(";")) {
    if (group.trim() === "") continue;
    const [purpose = "", hosts] = group.split("=").map((part) => part.trim());
    const known = OUTBOUND_PURPOSES.find((candidate) => candidate === purpose);
    if (!known || hosts === undefined)
      throw new Error(`OUTBOUND_ALLOW: “${group.trim()}” must read purpose=host,… (${OUTBOUND_PURPOSES.join(", ")})`);
    for (const host of hosts.split(",")) if (host.trim() !== "") result[known].push(parseEntry(host.trim()));
  }
  return result;
}

function parseEntry(text: string): Entry {
  const [address = "", prefix] = text.split("/");
  const version = isIP(address);
  if (version) {
    const longest = version === 4 ? 32 : 128;
    const length = prefix === undefined ? longest : Number(prefix);
    if (!Number.isInteger(length) || length < 1 || length > longest)
      throw new Error(`OUTBOUND_ALLOW: “${text}” has no usable prefix length`);
    return { kind: "range", network: address, prefix: length };
  }
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?$/.exec(text.toLowerCase());
  if (!match) throw new Error(`OUTBOUND_ALLOW: “${text}” is neither an exact host nor a CIDR`);
  return { kind: "host", host: match[1]!.replace(/\.$/, ""), port: match[2] ? Number(match[2]) : null };
}

export function isAllowed(entries: readonly Entry[], host: string, port: number, address: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return entries.some((entry) =>
    entry.kind === "range"
      ? inRange(address, entry.network, entry.prefix)
      : entry.host === name && (entry.port === null || entry.port === port),
  );
}
