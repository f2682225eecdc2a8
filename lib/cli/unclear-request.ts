import type { IncomingMessage, RequestListener, ServerOptions } from "node:http";
import type { Socket } from "node:net";

/** Also where NODE_OPTIONS says otherwise. Whose host is missing is refused below, with all that came behind it. */
export const STRICT: ServerOptions = { insecureHTTPParser: false, requireHostHeader: false };

/** What Node's parser lets pass though two readers may understand it differently (RFC 9112, 3.2 and 6). */
function isUnclear({ httpVersion, headers, rawHeaders }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
  const coding = headers["transfer-encoding"];
  if (httpVersion === "1.1") return hosts !== 1 || (coding !== undefined && coding.toLowerCase() !== "chunked");
  return httpVersion !== "1.0" || hosts > 1 || coding !== undefined;
}

/** Answers what is unclear by 400 and the end of the connection: nothing that came behind it reaches the app. */
export function refusingUnclear(listener: RequestListener): RequestListener {
  const refused = new WeakSet<Socket>();
  return (request, response) => {
    const { socket } = request;
    if (refused.has(socket)) return;
    if (!isUnclear(request)) return listener(request, response);
    refused.add(socket);
    response.writeHead(400, { connection: "close", "cache-control": "no-store" });
    response.end(() => socket.destroySoon());
  };
}
