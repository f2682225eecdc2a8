import http from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replaceServer } from "./listener";

const original = http.createServer;
const reached: string[] = [];
let server: http.Server;

// The server as Next makes it in the built app.
beforeAll(async () => {
  replaceServer();
  server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      reached.push(`${request.method} ${request.url} ${body}`);
      response.end("done");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  http.createServer = original;
  await new Promise((resolve) => server.close(resolve));
});

/** All that comes back for these bytes until the connection is closed by the other side. */
function sendRaw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    let said = "";
    socket.on("data", (part) => {
      said += part;
    });
    socket.on("close", () => resolve(said));
    // A server that closes while we still write resets the connection.
    socket.on("error", () => resolve(said));
    socket.setTimeout(20_000, () => reject(new Error(`still open after: ${said}`)));
  });
}

const SECOND = "GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const POST = "POST /first HTTP/1.1\r\nHost: a\r\n";
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`;

describe("where a request ends has one meaning", () => {
  test("requests whose ends are clear are answered one after the other", async () => {
    reached.length = 0;
    const chunks = "2;ext=1\r\nde\r\n1\r\nf\r\n0\r\n\r\n";
    const answer = await sendRaw(`${POST}Content-Length: 3\r\n\r\nabc${CHUNKED}${chunks}${SECOND}`);
    expect(answer.match(/HTTP\/1\.1 200 OK\r\n/g)).toHaveLength(3);
    expect(reached).toEqual(["POST /first abc", "POST /first def", "GET /second "]);
    expect(await sendRaw("GET /old HTTP/1.0\r\n\r\n")).toContain("200 OK");
  });

  test.each([
    ["a length and chunks", `${POST}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ["chunks and a length", `${POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n`],
    ["two lengths", `${POST}Content-Length: 0\r\nContent-Length: 42\r\n\r\n`],
    ["the same length twice", `${POST}Content-Length: 0\r\nContent-Length: 0\r\n\r\n`],
    ["a list of lengths", `${POST}Content-Length: 0, 0\r\n\r\n`],
    ["a length with a sign", `${POST}Content-Length: +3\r\n\r\nabc`],
    ["a length below zero", `${POST}Content-Length: -1\r\n\r\n`],
    ["a length in hexadecimal", `${POST}Content-Length: 0x3\r\n\r\nabc`],
    ["a length beyond 64 bits", `${POST}Content-Length: 18446744073709551617\r\n\r\n`],
    ["a space before the colon", `${POST}Content-Length : 3\r\n\r\nabc`],
    ["two codings", `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`],
    ["chunks that are not the last coding", `${POST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`],
    ["a coding before the chunks", `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    ["a coding that nobody knows", `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ["a coding on a line that is folded", `${POST}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
    ["chunks in HTTP/1.0", "POST /first HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["a chunk of no size", `${CHUNKED}zz\r\nabc\r\n0\r\n\r\n`],
    ["a chunk below zero", `${CHUNKED}-1\r\nabc\r\n0\r\n\r\n`],
    ["a chunk's size with 0x", `${CHUNKED}0x3\r\nabc\r\n0\r\n\r\n`],
    ["a chunk's size before a space", `${CHUNKED}3 \r\nabc\r\n0\r\n\r\n`],
    ["a chunk beyond 64 bits", `${CHUNKED}10000000000000003\r\nabc\r\n0\r\n\r\n`],
    ["a chunk that is longer than its size", `${CHUNKED}2\r\nabc\r\n0\r\n\r\n`],
    ["chunks whose lines end with LF", `${CHUNKED}3\nabc\n0\n\n`],
    ["an LF within a chunk's extension", `${CHUNKED}3;a\nb\r\nabc\r\n0\r\n\r\n`],
    ["a header that is folded", `${POST}X-A: b\r\n Content-Length: 3\r\n\r\nabc`],
    ["lines that end with LF", "POST /first HTTP/1.1\nHost: a\nContent-Length: 0\n\n"],
    ["one line that ends with LF", `${POST}X-A: b\nContent-Length: 0\r\n\r\n`],
    ["a CR within a header", `${POST}X-A: b\rContent-Length: 3\r\n\r\nabc`],
    ["a NUL within a header", `${POST}X-A: b\0\r\nContent-Length: 0\r\n\r\n`],
    ["no host", "GET /first HTTP/1.1\r\n\r\n"],
    ["two hosts", "GET /first HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
    ["no version", "GET /first\r\n\r\n"],
  ])("%s: refused, and nothing behind it is answered", async (_what, bytes) => {
    reached.length = 0;
    const answer = await sendRaw(bytes + SECOND);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(reached).toEqual([]);
  });
});
