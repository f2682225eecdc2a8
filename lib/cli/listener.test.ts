import { mkdtempSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect as connectTls } from "node:tls";
import { afterEach, expect, test, vi } from "vitest";
import { turnAway } from "@/lib/resilience";
import { selfSigned } from "@/lib/testing/certificate";
import { readTls, reloadOnChange, replaceServer } from "./listener";

const original = http.createServer;
let open: Server[] = [];
afterEach(async () => {
  http.createServer = original;
  vi.unstubAllEnvs();
  await Promise.all(open.map((server) => new Promise((resolve) => server.close(resolve))));
  open = [];
});

function files(name: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-tls-"));
  const written = { certificate: path.join(folder, "tls.crt"), key: path.join(folder, "tls.key") };
  write(written, selfSigned(name));
  return written;
}

function write(to: { certificate: string; key: string }, { cert, key }: { cert: string; key: string }): void {
  writeFileSync(to.certificate, cert);
  writeFileSync(to.key, key);
}

/** A server as Next would make it, which answers with the headers that it reads. */
async function serve(settings: Record<string, string>): Promise<number> {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  replaceServer();
  const server = http.createServer((request, response) => {
    response.end(JSON.stringify(request.headers));
  });
  return listen(server);
}

async function listen(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function get(url: string, headers: Record<string, string> = {}): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const options = { headers: { host: "signalbox.example", ...headers }, agent: false, rejectUnauthorized: false };
    const request = (url.startsWith("https") ? https : http).get(url, options, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(JSON.parse(text)));
    });
    request.on("error", reject);
  });
}

const LIES = {
  "x-forwarded-for": "203.0.113.9",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "evil.example",
  "x-forwarded-port": "1",
  "x-real-ip": "203.0.113.9",
  forwarded: "for=203.0.113.9",
};

test("what a client says of its address, protocol and host does not reach the app", async () => {
  const port = await serve({});
  const seen = await get(`http://127.0.0.1:${port}`, LIES);
  expect(seen).toMatchObject({
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "signalbox.example",
  });
  for (const name of ["x-forwarded-port", "x-real-ip", "forwarded"]) expect(seen).not.toHaveProperty(name);
});

test("who asks from this machine is known, unless somebody stands between", async () => {
  const port = await serve({ TRUSTED_PROXIES: "127.0.0.0/8" });
  const seen = async (headers: Record<string, string>) =>
    (await get(`http://127.0.0.1:${port}`, headers))["x-from-this-machine"];
  expect(await seen({})).toBe("yes");
  for (const name of [...Object.keys(LIES), "via"]) {
    expect(await seen({ [name]: "127.0.0.1", "x-from-this-machine": "yes" }), name).toBe("no");
  }
  open
    .at(-1)
    ?.prependListener("connection", (socket) => Object.defineProperty(socket, "remoteAddress", { value: "192.0.2.8" }));
  expect(await seen({ "x-from-this-machine": "yes" })).toBe("no");
});

test("what a trusted proxy says of them does", async () => {
  const port = await serve({ TRUSTED_PROXIES: "127.0.0.0/8" });
  expect(await get(`http://127.0.0.1:${port}`, { ...LIES, "x-forwarded-host": "a.example" })).toMatchObject({
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "a.example",
  });
});

test("a program that was told to wait is told so again before the app, and nobody else is", async () => {
  const port = await serve({});
  const answer = async (bearer: string, where: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${where}`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    return [response.status, response.headers.get("retry-after"), (await response.text()).slice(0, 7)];
  };
  expect((await answer("sbx_busy", "/api/acme/changes"))[0]).toBe(200);
  turnAway("sbx_busy", "acme", { body: "too many", retryAfter: 60 });
  expect(await answer("sbx_busy", "/api/acme/changes?all=1")).toEqual([429, "1", "too man"]);
  expect((await answer("sbx_busy", "/api/other/changes"))[0]).toBe(200);
  expect((await answer("sbx_other", "/api/acme/changes"))[0]).toBe(200);
  expect((await answer("sbx_busy", "/acme"))[0]).toBe(200);
  await expect.poll(() => answer("sbx_busy", "/api/acme/changes"), { timeout: 10_000 }).toContain(200);
});

test("a wrong list of proxies is refused before anything is served", () => {
  vi.stubEnv("TRUSTED_PROXIES", "proxy.example");
  expect(() => replaceServer()).toThrow(/TRUSTED_PROXIES: “proxy.example”/);
});

const nameOf = (port: number): Promise<string | string[] | undefined> =>
  new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().subject.CN);
      socket.destroy();
    });
    socket.on("error", reject);
  });

test("with a certificate it speaks TLS only, and the app knows", async () => {
  const { certificate, key } = files("first");
  const port = await serve({ TLS_CERT_FILE: certificate, TLS_KEY_FILE: key });
  expect(await get(`https://127.0.0.1:${port}`)).toMatchObject({ "x-forwarded-proto": "https" });
  expect(await nameOf(port)).toBe("first");
  const plain = new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    let said = "";
    socket.on("data", (chunk) => {
      said += chunk;
    });
    socket.on("error", () => resolve(said));
    socket.on("close", () => resolve(said));
  });
  expect(await plain).not.toContain("200 OK");
});

test("a renewed certificate serves the next connection; half a renewal changes nothing", async () => {
  const pair = files("first");
  const server = https.createServer(readTls(pair));
  reloadOnChange(server, pair, 20);
  const port = await listen(server);
  expect(await nameOf(port)).toBe("first");

  const next = selfSigned("second, which is longer");
  writeFileSync(pair.certificate, next.cert);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(await nameOf(port)).toBe("first");
  writeFileSync(pair.key, next.key);
  await expect.poll(() => nameOf(port)).toBe("second, which is longer");
});

test("files that are no pair are refused in words", () => {
  const pair = files("first");
  writeFileSync(pair.key, selfSigned("other").key);
  expect(() => readTls(pair)).toThrow(/TLS_CERT_FILE and TLS_KEY_FILE cannot be used: .*mismatch/);
  expect(() => readTls({ ...pair, certificate: "/nowhere" })).toThrow(/cannot be used: ENOENT/);
});

/** What the two agree on: version and cipher, or that they do not. */
function agreed(port: number, version: "TLSv1.1" | "TLSv1.2" | "TLSv1.3", ciphers = "DEFAULT"): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({
      ...{ port, host: "127.0.0.1", minVersion: version, maxVersion: version, rejectUnauthorized: false },
      // OpenSSL speaks what is old only below its own level of safety.
      ciphers: `${ciphers}@SECLEVEL=0`,
    });
    socket.once("secureConnect", () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
      socket.destroy();
    });
    socket.once("error", () => resolve("refused"));
  });
}

test("old versions of TLS are not spoken", async () => {
  const port = await listen(https.createServer(readTls(files("localhost"))));
  expect(await agreed(port, "TLSv1.1")).toBe("refused");
  expect(await agreed(port, "TLSv1.2")).toMatch(/^TLSv1\.2 /);
  expect(await agreed(port, "TLSv1.3")).toMatch(/^TLSv1\.3 /);
});

const WEAK = [
  "AES256-GCM-SHA384",
  "AES128-SHA",
  "ECDHE-RSA-AES256-SHA384",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-ECDSA-AES256-SHA384",
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-RSA-NULL-SHA",
  "AECDH-AES128-SHA",
];

test("ciphers without forward secrecy or authenticated encryption are not spoken, with either kind of key", async () => {
  const strong = { ec: "ECDHE-ECDSA", rsa: "ECDHE-RSA" };
  let takenElsewhere = 0;
  for (const type of ["ec", "rsa"] as const) {
    const pair = files("localhost");
    write(pair, selfSigned("localhost", type));
    const settings = readTls(pair);
    const port = await listen(https.createServer(settings));
    // What a server takes that says nothing of ciphers: else it might be the client that cannot speak them.
    const lax = await listen(https.createServer({ ...settings, ciphers: "ALL:@SECLEVEL=0" }));
    for (const weak of WEAK) {
      expect.soft(await agreed(port, "TLSv1.2", weak), weak).toBe("refused");
      if ((await agreed(lax, "TLSv1.2", weak)).endsWith(weak)) takenElsewhere += 1;
    }
    expect(await agreed(port, "TLSv1.2", "AES128-SHA:ALL")).toBe(`TLSv1.2 ${strong[type]}-AES256-GCM-SHA384`);
    expect(await agreed(port, "TLSv1.3")).toBe("TLSv1.3 TLS_AES_256_GCM_SHA384");
  }
  expect(takenElsewhere).toBeGreaterThanOrEqual(WEAK.length - 2);
});

test("in clear, the network is answered through the trusted proxy only, but for what platforms ask", async () => {
  const behind = { HOST: "0.0.0.0", PUBLIC_URL: "https://signalbox.example", TRUSTED_PROXIES: "192.0.2.7" };
  const port = await serve(behind);
  let peer = "192.0.2.7";
  open
    .at(-1)
    ?.prependListener("connection", (socket) => Object.defineProperty(socket, "remoteAddress", { value: peer }));
  const ask = (where: string) =>
    fetch(`http://127.0.0.1:${port}${where}`, { headers: { connection: "close", "x-forwarded-proto": "https" } });
  const status = async (where: string) => (await ask(where)).status;
  expect(await status("/sign-in")).toBe(200);
  peer = "192.0.2.8";
  const refused = await ask("/sign-in");
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("https://signalbox.example")]);
  expect([await status("/api/me"), await status("/readyz?x=1"), await status("/metrics")]).toEqual([403, 200, 200]);
  peer = "::ffff:127.0.0.1";
  expect(await status("/sign-in")).toBe(200);
});
