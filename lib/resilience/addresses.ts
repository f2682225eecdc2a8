import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";

function blockList(v4: string[], v6: string[]): BlockList {
  const list = new BlockList();
  for (const [family, ranges] of [
    ["ipv4", v4],
    ["ipv6", v6],
  ] as const) {
    for (const range of ranges) {
      const [address = "", prefix = ""] = range.split("/");
      list.addSubnet(address, Number(prefix), family);
    }
  }
  return list;
}

/** Where clouds answer with credentials. No allow-list opens these. */
const METADATA = blockList(
  ["169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"],
  ["fe80::/10", "fd00:ec2::/32", "fd20:ce::254/128"],
);

const NOT_PUBLIC = blockList(
  [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
  ],
  ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"],
);
const GLOBAL_UNICAST = blockList([], ["2000::/3"]);

function ipv6Bytes(address: string): number[] {
  const [head = "", tail] = withoutZone(address)
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
      const pair = (high: string, low: string) => ((Number(high) << 8) | Number(low)).toString(16);
      return `${pair(a, b)}:${pair(c, d)}`;
    })
    .split("::");
  const groups = (text: string | undefined) => (text ? text.split(":") : []);
  const before = groups(head);
  const after = groups(tail);
  const all = tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill("0"), ...after];
  return all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]);
}

function withoutZone(address: string): string {
  return address.split("%")[0] ?? address;
}

/** The IPv4 address that a mapped, compatible, NAT64 or 6to4 address leads to. */
function embeddedIpv4(address: string): string | null {
  const bytes = ipv6Bytes(address);
  const startsWith = (...prefix: number[]) => prefix.every((byte, index) => bytes[index] === byte);
  const zeros = Array<number>(10).fill(0);
  if (startsWith(...zeros, 0xff, 0xff) || startsWith(...zeros, 0, 0)) return bytes.slice(12).join(".");
  if (startsWith(0x00, 0x64, 0xff, 0x9b)) return bytes.slice(12).join(".");
  if (startsWith(0x20, 0x02)) return bytes.slice(2, 6).join(".");
  return null;
}

function isMapped(address: string): boolean {
  return ipv6Bytes(address)
    .slice(0, 12)
    .every((byte, index) => byte === (index < 10 ? 0 : 0xff));
}

export type AddressClass = "public" | "private" | "metadata";

export function classifyAddress(address: string): AddressClass {
  if (isIPv4(address)) {
    if (METADATA.check(address, "ipv4")) return "metadata";
    return NOT_PUBLIC.check(address, "ipv4") ? "private" : "public";
  }
  if (!isIPv6(address)) return "metadata";
  const plain = withoutZone(address);
  const inner = embeddedIpv4(plain);
  if (METADATA.check(plain, "ipv6") || (inner && METADATA.check(inner, "ipv4"))) return "metadata";
  if (inner && isMapped(plain)) return classifyAddress(inner);
  return GLOBAL_UNICAST.check(plain, "ipv6") && !NOT_PUBLIC.check(plain, "ipv6") ? "public" : "private";
}

/** Compares by value: `::ffff:10.0.0.1` is in `10.0.0.0/8`. */
export function inRange(address: string, network: string, prefix: number): boolean {
  const list = new BlockList();
  list.addSubnet(network, prefix, isIPv4(network) ? "ipv4" : "ipv6");
  const plain = withoutZone(address);
  if (isIPv4(plain)) return list.check(plain, "ipv4");
  const inner = isIP(plain) === 6 && isMapped(plain) ? embeddedIpv4(plain) : null;
  return list.check(plain, "ipv6") || (inner !== null && list.check(inner, "ipv4"));
}
