import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { selfSigned } from "./certificate";

export interface SunkRequest {
  method: string;
  scheme: string;
  host: string;
  path: string;
  headers: (readonly [name: string, value: string])[];
  body: string;
}

export interface SunkMail {
  smtp: true;
  commands: string[];
  data: string;
}

export interface NotificationSink {
  http: string;
  /** A proxy that answers for any host itself. */
  proxy: string;
  /** host:port */
  smtp: string;
  /** In the order in which they were complete. */
  received: (SunkRequest | SunkMail)[];
  stop(): Promise<void>;
}

/** What stands in for all whom Alertmanager notifies: it accepts everything and remembers it to the byte. */
export async function startNotificationSink(): Promise<NotificationSink> {
  const received: NotificationSink["received"] = [];
  const sockets = new Set<Socket>();
  // Pushover is told everything in the address.
  const maxHeaderSize = 2 ** 20;
  const answer = (scheme: string) => (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", rawHeaders } = request;
      const headers = Array.from({ length: rawHeaders.length / 2 }, (_, at) => {
        return [rawHeaders[2 * at]!, rawHeaders[2 * at + 1]!] as const;
      });
      const body = Buffer.concat(chunks).toString("utf8");
      received.push({ method, scheme, host: request.headers.host ?? "", path: url, headers, body });
      response.end(answerTo(url));
    });
  };
  const http = createServer({ maxHeaderSize }, answer("http"));
  const https = createTlsServer({ ...selfSigned("sink"), maxHeaderSize }, answer("https"));
  const proxy = createServer().on("connect", (_request, socket: Socket, head: Buffer) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    if (head.length > 0) socket.unshift(head);
    https.emit("connection", socket);
  });
  const smtp = createTcpServer((socket) => talkSmtp(socket, (mail) => received.push(mail)));
  const servers: Server[] = [http, proxy, smtp];
  for (const server of servers) {
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  }
  const [httpHost, proxyHost, smtpHost] = servers.map(
    (server) => `127.0.0.1:${(server.address() as AddressInfo).port}`,
  );
  return {
    ...{ http: `http://${httpHost}`, proxy: `http://${proxyHost}`, smtp: smtpHost!, received },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

const MESSAGE_ID = "<MessageId>1</MessageId>";

function answerTo(url: string): string {
  if (url.includes("/slack/")) return "ok";
  if (url.includes("/gettoken")) return '{"errcode":0,"errmsg":"ok","access_token":"tok","expires_in":7200}';
  if (url.includes("/message/send")) return '{"errcode":0,"errmsg":"ok"}';
  if (url.includes("/sendMessage")) return '{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1}}}';
  if (url.includes("/sns/")) return `<PublishResponse><PublishResult>${MESSAGE_ID}</PublishResult></PublishResponse>`;
  return "{}";
}

/** As much of SMTP as a client needs that never breaks a rule: no library, so that its commands stay as they were sent. */
function talkSmtp(socket: Socket, done: (mail: SunkMail) => void): void {
  const commands: string[] = [];
  let waiting = "";
  let data: string | null = null;
  let inData = false;
  socket.write("220 sink\r\n");
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    waiting += chunk;
    for (;;) {
      const end = inData ? dataEnd(waiting) : waiting.indexOf("\r\n");
      if (end < 0) return;
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + (inData ? 3 : 2));
      if (inData) {
        data = line.replace(/^\.\./gm, ".");
        inData = false;
        socket.write("250 queued\r\n");
        continue;
      }
      commands.push(line);
      if (/^EHLO/.test(line)) socket.write("250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n");
      else if (/^AUTH/.test(line)) socket.write("235 ok\r\n");
      else if (/^DATA/.test(line)) {
        inData = true;
        socket.write("354 go on\r\n");
      } else socket.write(/^QUIT/.test(line) ? "221 bye\r\n" : "250 ok\r\n");
    }
  });
  socket.on("close", () => {
    if (data !== null) done({ smtp: true, commands, data });
  });
}

/** Where the line with nothing but a full stop begins, -1 while it has not come. */
function dataEnd(text: string): number {
  if (text.startsWith(".\r\n")) return 0;
  const before = text.indexOf("\r\n.\r\n");
  return before < 0 ? before : before + 2;
}
