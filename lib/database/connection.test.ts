import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { TLSSocket } from "node:tls";
import pg from "pg";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { selfSigned } from "@/lib/testing/certificate";
import { connectionTo } from "./connection";

const pair = selfSigned("localhost");
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-connection-"));
const [root, key] = [path.join(folder, "root.pem"), path.join(folder, "key.pem")];
writeFileSync(root, pair.cert);
writeFileSync(key, pair.key);
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Says yes to TLS as PostgreSQL does, agrees on a key by one of `groups`, and then has had enough. */
async function greeted(groups: string, url: (port: number) => string): Promise<string> {
  let heard = "nothing";
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      socket.write("S");
      const secure = new TLSSocket(socket, { isServer: true, ...pair, ecdhCurve: groups });
      secure.on("error", () => undefined);
      secure.once("data", (startup: Buffer) => {
        heard = `${secure.getProtocol()} ${startup.includes("signalbox_app")}`;
        secure.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new pg.Client(connectionTo(url((server.address() as AddressInfo).port)));
  client.on("error", () => undefined);
  await client.connect().catch(() => undefined);
  await client.end().catch(() => undefined);
  server.close();
  return heard;
}

const to = (query: string) => (port: number) =>
  `postgresql://signalbox_app:p%40ss@localhost:${port}/signalbox?${query}`;

test("TLS to a database is hybrid where the server has it, and falls back where it has not", async () => {
  const verified = to(`sslmode=verify-full&sslrootcert=${root}`);
  expect(await greeted("X25519MLKEM768", verified)).toBe("TLSv1.3 true");
  expect(await greeted("X25519", verified)).toBe("TLSv1.3 true");
  expect(await greeted("P-256", verified)).toBe("TLSv1.3 true");
  expect(await greeted("X25519MLKEM768", to("sslmode=no-verify"))).toBe("TLSv1.3 true");
  expect(await greeted("X25519MLKEM768", to("sslmode=verify-full"))).toBe("nothing");
});

test("what the URL says stays as it is", () => {
  const plain = "postgresql://signalbox_app:p%40ss@127.0.0.1:5432/signalbox?application_name=x";
  expect(connectionTo(plain)).toEqual({ connectionString: plain });
  expect(connectionTo(`${plain}&sslmode=disable`)).toEqual({ connectionString: `${plain}&sslmode=disable` });
  const given = connectionTo(`${plain}&sslmode=verify-full&sslrootcert=${root}&sslcert=${root}&sslkey=${key}`);
  expect(given.connectionString).toBe(plain);
  expect(given.ssl).toMatchObject({ ca: pair.cert, cert: pair.cert, minVersion: "TLSv1.2" });
  const client = new pg.Client(given);
  expect(Reflect.get(Object(client.ssl), "key")).toBe(pair.key);
  expect([client.user, client.password, client.host, client.database]).toEqual([
    "signalbox_app",
    "p@ss",
    "127.0.0.1",
    "signalbox",
  ]);
  expect(connectionTo(`${plain}&sslmode=no-verify`).ssl).toMatchObject({ rejectUnauthorized: false });
});

test("where TLS is required, PostgreSQL on another machine is not reached without it, nor under another name", async () => {
  vi.stubEnv("REQUIRE_TLS", "yes");
  const at = (host: string, query: string) => () =>
    connectionTo(`postgresql://signalbox_app:x@${host}/signalbox?${query}`);
  for (const query of [
    "",
    "sslmode=disable",
    "sslmode=no-verify",
    "uselibpqcompat=true&sslmode=prefer",
    "uselibpqcompat=true&sslmode=require",
    `uselibpqcompat=true&sslmode=verify-ca&sslrootcert=${root}`,
  ]) {
    expect(at("db.internal", query), query).toThrow(/REQUIRE_TLS is set: DATABASE_URL .* sslmode=verify-full/);
  }
  for (const query of ["sslmode=verify-full", `sslmode=verify-full&sslrootcert=${root}`, "ssl=true"])
    expect(at("db.internal", query)().ssl, query).toMatchObject({ minVersion: "TLSv1.2" });
  expect(at("127.0.0.1", "")().connectionString).toContain("127.0.0.1");
  expect(at("", "host=/var/run/postgresql")().connectionString).toContain("postgresql");
  // A server that has no TLS is told nothing.
  vi.stubEnv("REQUIRE_TLS", "no");
  expect(at("db.internal", "")().ssl).toBeUndefined();
});
