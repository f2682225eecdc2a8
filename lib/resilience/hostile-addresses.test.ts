import http from "node:http";
import net from "node:net";
import tls from "node:tls";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseAllowList } from "./allow-list";
import { guardedSocket } from "./guarded-socket";
import { guardedRequest, type Resolve } from "./outbound";

let connects: unknown[] = [];
let resolved: string[] = [];

beforeEach(() => {
  connects = [];
  resolved = [];
  // Every way in which Node opens a connection ends in one of these.
  vi.spyOn(net.Socket.prototype, "connect").mockImplementation((...args: unknown[]) => {
    connects.push(args);
    throw new Error("connected");
  });
  for (const [module, name] of [
    [net, "connect"],
    [net, "createConnection"],
    [tls, "connect"],
  ] as const)
    vi.spyOn(module, name as "connect").mockImplementation((...args: unknown[]) => {
      connects.push(args);
      throw new Error("connected");
    });
});
afterEach(() => vi.restoreAllMocks());

/** Ours, so that no test depends on the names of this machine; what it answers is private for all but one. */
const NAMES: Readonly<Record<string, string[]>> = {
  "public.example": ["93.184.215.14"],
  localhost: ["127.0.0.1"],
  "localhost.": ["127.0.0.1"],
  "internal.example": ["10.0.0.7"],
  "xn--bcher-kva.example": ["192.168.0.9"],
  "mixed.example": ["93.184.215.14", "169.254.169.254"],
  "v6.example": ["::1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "nat64.example": ["64:ff9b::7f00:1"],
  "zone.example": ["fe80::1%eth0"],
  "metadata.google.internal": ["169.254.169.254"],
  "127.0.0.1.nip.example": ["127.0.0.1"],
};
const resolve: Resolve = async (host) => {
  resolved.push(host);
  return (NAMES[host] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
};

/** What people write to get where they should not, by how it is hidden. */
const HOSTILE: readonly [string, string][] = [
  ["loopback", "127.0.0.1"],
  ["loopback, short", "127.1"],
  ["loopback, shorter still", "127.0.1"],
  ["loopback, decimal", "2130706433"],
  ["loopback, octal", "0177.0.0.1"],
  ["loopback, octal as one number", "017700000001"],
  ["loopback, hex", "0x7f.0.0.1"],
  ["loopback, hex as one number", "0x7f000001"],
  ["loopback, hex in capitals", "0X7F000001"],
  ["loopback, mixed bases", "0x7f.0.0.01"],
  ["loopback, percent-encoded", "%31%32%37.0.0.1"],
  ["loopback, full-width digits", "１２７.0.0.1"],
  ["loopback, ideographic full stops", "127。0。0。1"],
  ["loopback, circled digits", "①②⑦.⓪.⓪.①"],
  ["loopback, another of its network", "127.8.8.8"],
  ["loopback, a dot at the end", "127.0.0.1."],
  ["nowhere", "0.0.0.0"],
  ["nowhere, short", "0"],
  ["private, 10/8", "10.0.0.1"],
  ["private, 10/8 decimal", "167772161"],
  ["private, 172.16/12", "172.16.0.1"],
  ["private, 192.168/16", "192.168.1.1"],
  ["private, 192.168 octal", "0300.0250.1.1"],
  ["carrier-grade", "100.64.0.1"],
  ["metadata", "169.254.169.254"],
  ["metadata, decimal", "2852039166"],
  ["metadata, hex", "0xa9fea9fe"],
  ["metadata, octal", "0251.0376.0251.0376"],
  ["metadata, of another cloud", "100.100.100.200"],
  ["metadata, of a third", "168.63.129.16"],
  ["metadata by name", "metadata.google.internal"],
  ["broadcast", "255.255.255.255"],
  ["multicast", "224.0.0.1"],
  ["IPv6 loopback", "[::1]"],
  ["IPv6 loopback in full", "[0:0:0:0:0:0:0:1]"],
  ["IPv6 nowhere", "[::]"],
  ["IPv4 in IPv6, mapped", "[::ffff:127.0.0.1]"],
  ["IPv4 in IPv6, mapped in hex", "[::ffff:7f00:1]"],
  ["IPv4 in IPv6, mapped metadata", "[::ffff:a9fe:a9fe]"],
  ["IPv4 in IPv6, compatible", "[::127.0.0.1]"],
  ["IPv4 in IPv6, translated", "[::ffff:0:127.0.0.1]"],
  ["NAT64", "[64:ff9b::7f00:1]"],
  ["NAT64 to metadata", "[64:ff9b::169.254.169.254]"],
  ["NAT64, local prefix", "[64:ff9b:1::a9fe:a9fe]"],
  ["6to4", "[2002:7f00:1::]"],
  ["6to4 to metadata", "[2002:a9fe:a9fe::1]"],
  ["Teredo", "[2001:0:53aa:64c::1]"],
  ["IPv6 link-local", "[fe80::1]"],
  ["IPv6 unique local", "[fd00::1]"],
  ["IPv6 metadata", "[fd00:ec2::254]"],
  ["IPv6 multicast", "[ff02::1]"],
  ["IPv6 documentation", "[2001:db8::1]"],
  ["IPv6 site-local of old", "[fec0::1]"],
  ["name", "localhost"],
  ["name in capitals", "LOCALHOST"],
  ["name with a dot at the end", "localhost."],
  ["name of something internal", "internal.example"],
  ["name beyond ASCII", "bücher.example"],
  ["name that holds an address", "127.0.0.1.nip.example"],
  ["name with one bad address of two", "mixed.example"],
  ["name of IPv6", "v6.example"],
  ["name of a mapped address", "mapped.example"],
  ["name of a NAT64 address", "nat64.example"],
  ["name of an address with a zone", "zone.example"],
];

/** Whole addresses that mean another host than they seem to. */
const DISGUISED = [
  "http://public.example@127.0.0.1/",
  "http://127.0.0.1@public.example/",
  "http://user:password@public.example/",
  "http:\\\\127.0.0.1\\",
  "http:127.0.0.1",
  "http:///127.0.0.1/",
  "http://127.0.0.1#@public.example/",
  "http://127.0.0.1?@public.example/",
  "http://127.0.0.1\t/",
  "ht\ntp://127.0.0.1/",
  "  http://127.0.0.1/",
  "http://[::1%25eth0]/",
  "http://[::1]:80:80/",
  "http://127.0.0.1:0x50/",
  "http://0x7f.1:99999/",
  "ftp://public.example/",
  "file:///etc/passwd",
  "gopher://127.0.0.1:25/_MAIL",
  "javascript:alert(1)",
  "data:text/plain,x",
  "unix:/var/run/docker.sock",
  "//127.0.0.1/",
  "",
];

const EVERYTHING = parseAllowList("test-sends=169.254.0.0/16, fe80::/10, metadata.google.internal");
const NOTHING = parseAllowList("targets=0.0.0.0/1, 128.0.0.0/1, ::/1; oidc=localhost");

const ask = (url: string, allow = NOTHING) => guardedRequest({ purpose: "test-sends", url }, allow, resolve);

describe("nothing is connected to", () => {
  it.each(HOSTILE.flatMap(([what, host]) => [["http", what, host] as const, ["https", what, host] as const]))(
    "by %s: %s (%s)",
    async (scheme, _what, host) => {
      await expect(ask(`${scheme}://${host}/`)).rejects.toMatchObject({ code: "outbound_refused" });
      expect(connects).toEqual([]);
    },
  );

  it.each(DISGUISED)("by %j", async (url) => {
    await expect(ask(url)).rejects.toMatchObject({ code: "outbound_refused" });
    expect(connects).toEqual([]);
  });

  it.each(HOSTILE)("by a socket: %s (%s)", async (_what, host) => {
    vi.stubEnv("OUTBOUND_ALLOW", "targets=127.0.0.1");
    const bare = host.replace(/^\[|\]$/g, "");
    const socket = guardedSocket({ purpose: "test-sends", host: bare, port: 25 }, resolve);
    await expect(socket).rejects.toMatchObject({ code: "outbound_refused" });
    expect(connects).toEqual([]);
  });

  it.each(["169.254.169.254", "metadata.google.internal", "[fe80::1]"])(
    "even where an operator allowed it: %s",
    async (host) => {
      await expect(ask(`http://${host}/`, EVERYTHING)).rejects.toMatchObject({ code: "outbound_refused" });
      expect(connects).toEqual([]);
    },
  );

  it.each(["a b", "a/b", "user@public.example", "public.example:25", ""])("by a socket to %j", async (host) => {
    const socket = guardedSocket({ purpose: "test-sends", host, port: 25 }, resolve);
    await expect(socket).rejects.toMatchObject({ code: "outbound_refused" });
    expect(connects).toEqual([]);
  });
});

describe("a resolver that changes its answer", () => {
  it("is asked once: what was judged is what is connected to", async () => {
    const answers = ["93.184.215.14", "169.254.169.254"];
    let asked = 0;
    const rebinding: Resolve = async () => [{ address: answers[asked++] ?? "127.0.0.1", family: 4 }];
    const request = guardedRequest({ purpose: "test-sends", url: "http://rebind.example/" }, NOTHING, rebinding);
    await expect(request).rejects.toThrow();
    expect(asked).toBe(1);
    const [[first]] = connects as [[{ host: string; lookup: net.LookupFunction }]];
    const pinned = vi.fn();
    first.lookup("rebind.example", { all: true }, pinned);
    expect(pinned).toHaveBeenCalledWith(null, [{ address: "93.184.215.14", family: 4 }]);
  });

  it("cannot turn a socket round either", async () => {
    const answers = ["93.184.215.14", "10.0.0.1"];
    let asked = 0;
    const rebinding: Resolve = async () => [{ address: answers[asked++] ?? "", family: 4 }];
    const opened: net.NetConnectOpts[] = [];
    const open = ((options: net.NetConnectOpts) => {
      opened.push(options);
      const socket = new net.Socket();
      queueMicrotask(() => socket.emit("connect"));
      return socket;
    }) as typeof net.connect;
    await guardedSocket({ purpose: "test-sends", host: "rebind.example", port: 25 }, rebinding, open);
    expect([asked, opened.length]).toEqual([1, 1]);
  });
});

it("a redirect to a private address is handed back, and nothing goes there", async () => {
  vi.restoreAllMocks();
  let asked = 0;
  const server = http.createServer((_request, response) => {
    asked++;
    response.writeHead(307, { location: "http://169.254.169.254/latest/meta-data/" }).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as net.AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const answer = await guardedRequest({ purpose: "test-sends", url }, parseAllowList("test-sends=127.0.0.1"));
  expect([answer.status, asked]).toEqual([307, 1]);
  await new Promise((done) => server.close(done));
});

it("what is public is connected to, so the refusals above are no accident", async () => {
  await expect(ask("http://public.example/")).rejects.toThrow();
  expect([connects.length, resolved]).toEqual([1, ["public.example"]]);
});
