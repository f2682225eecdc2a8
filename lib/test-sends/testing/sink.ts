import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";

export interface SunkRequest {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  rawHeaders: string[];
  body: string;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** Stands where all providers would. `answer` says what to; `null` never answers. */
export async function startSink(answer: (request: SunkRequest) => Answer | null, pair?: { cert: string; key: string }) {
  const received: SunkRequest[] = [];
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers, rawHeaders } = request;
      const sunk = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString("utf8") };
      received.push(sunk);
      const given = answer(sunk);
      if (given) response.writeHead(given.status ?? 200, given.headers ?? {}).end(given.body ?? "ok");
    });
  };
  const server = pair ? https.createServer(pair, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${pair ? "https" : "http"}://127.0.0.1:${port}`,
    received,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
