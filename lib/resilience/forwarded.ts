import { BlockList, isIP } from "node:net";

export type TrustedProxies = (address: string) => boolean;

/** `10.0.0.0/8, 2001:db8::1` — whose X-Forwarded headers are believed. Throws, naming the entry, for anything else. */
export function parseTrustedProxies(text: string): TrustedProxies {
  const list = new BlockList();
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const [network = "", prefix] = entry.split("/");
    const version = isIP(network);
    const longest = version === 4 ? 32 : 128;
    const length = prefix === undefined ? longest : Number(prefix);
    if (!version || prefix === "" || !Number.isInteger(length) || length < 0 || length > longest) {
      throw new Error(`TRUSTED_PROXIES: “${entry}” is neither an address nor a CIDR.`);
    }
    list.addSubnet(network, length, version === 4 ? "ipv4" : "ipv6");
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
  };
}

/** `::ffff:10.0.0.1`, as a socket for both families calls it, is `10.0.0.1`; a zone is cut off. */
export function plainAddress(address: string): string {
  const [plain = ""] = address.split("%");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain);
  return mapped?.[1] ?? plain;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Whether this is the machine itself. */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  const version = isIP(plain);
  return plain === "localhost" || (version !== 0 && LOOPBACK.check(plain, version === 4 ? "ipv4" : "ipv6"));
}

export interface Origin {
  /** Of the browser, as far as trusted proxies tell. */
  address: string;
  protocol: "http" | "https";
  host: string | undefined;
}

interface Received {
  remoteAddress: string;
  encrypted: boolean;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

const listed = (value: string | string[] | undefined): string[] =>
  [value ?? []]
    .flat()
    .flatMap((part) => part.split(","))
    .map((part) => part.trim());

/**
 * Where a request comes from. Each proxy adds on the right whom it saw, so the list is read from there, for as long as what
 * was read is a proxy of ours: what stands further left is whatever the client liked to send.
 */
export function originOf({ remoteAddress, encrypted, headers }: Received, trusted: TrustedProxies): Origin {
  const peer = plainAddress(remoteAddress);
  const own: Origin = { address: peer, protocol: encrypted ? "https" : "http", host: listed(headers.host)[0] };
  if (!trusted(peer)) return own;
  let address = peer;
  for (const entry of listed(headers["x-forwarded-for"]).reverse()) {
    if (!trusted(address) || isIP(plainAddress(entry)) === 0) break;
    address = plainAddress(entry);
  }
  const [protocol] = listed(headers["x-forwarded-proto"]);
  const [host] = listed(headers["x-forwarded-host"]);
  return {
    address,
    protocol: protocol === "https" || protocol === "http" ? protocol : own.protocol,
    host: host || own.host,
  };
}
