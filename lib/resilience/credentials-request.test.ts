import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseAllowList } from "./allow-list";
import { credentialsRequest, isCredentialsAddress } from "./credentials-request";
import { guardedRequest } from "./outbound";

let server: Server;
let port: number;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.host} ${request.headers["x-ttl"]}`);
    if (request.url === "/long") response.end("x".repeat(70_000));
    else if (request.url === "/away") response.writeHead(302, { location: "http://127.0.0.1/" }).end();
    else if (request.url !== "/never") response.end("role");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const there = () => connect(port, "127.0.0.1");
const METADATA = "http://169.254.169.254";

test("asks there, and nowhere else", async () => {
  const answer = await credentialsRequest({ url: `${METADATA}/a`, method: "PUT", headers: { "x-ttl": "60" } }, there);
  expect(answer).toMatchObject({ status: 200, body: "role" });
  expect(asked).toEqual(["PUT /a 169.254.169.254 60"]);
  for (const url of [
    "http://169.254.169.253/",
    "http://169.254.169.254:8080/",
    "https://169.254.169.254/",
    "http://169.254.169.254.nip.example/",
    "http://metadata.google.internal/",
    "http://127.0.0.1/",
    "http://[::ffff:169.254.169.254]/",
    "http://user@10.0.0.1/",
    "nothing",
  ]) {
    expect([url, isCredentialsAddress(url)]).toEqual([url, false]);
    expect(() => credentialsRequest({ url }, there)).toThrow("This is no address");
  }
  for (const url of ["http://169.254.170.2/v2/x", "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/v1"])
    expect([url, isCredentialsAddress(url)]).toEqual([url, true]);
  expect(asked).toHaveLength(1);
});

test("follows no redirect, reads no flood, and does not wait for ever", async () => {
  expect((await credentialsRequest({ url: `${METADATA}/away` }, there)).status).toBe(302);
  await expect(credentialsRequest({ url: `${METADATA}/long` }, there)).rejects.toMatchObject({
    code: "target_unreachable",
  });
  await expect(credentialsRequest({ url: `${METADATA}/never`, deadlineMs: 100 }, there)).rejects.toMatchObject({
    code: "target_unreachable",
  });
});

test("the other door stays shut for them, whatever is allowed", async () => {
  const allow = parseAllowList("keys=169.254.0.0/16,169.254.169.254");
  await expect(guardedRequest({ purpose: "keys", url: `${METADATA}/` }, allow)).rejects.toMatchObject({
    code: "outbound_refused",
  });
});
