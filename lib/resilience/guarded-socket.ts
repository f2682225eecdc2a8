import { connect, type Socket } from "node:net";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { metrics } from "@/lib/observability";
import { type OutboundPurpose, parseAllowList } from "./allow-list";
import { abortable, judgedAddresses, pinned, type Resolve, systemResolve, unreachable } from "./outbound";

export interface GuardedSocket {
  purpose: OutboundPurpose;
  host: string;
  port: number;
  /** For the name and the connection. */
  deadlineMs?: number;
}

/** A connection for what is not HTTP (mails), to an address that was judged as `outboundRequest` judges it. */
export async function guardedSocket(
  { purpose, host, port, deadlineMs = 10_000 }: GuardedSocket,
  resolve: Resolve = systemResolve,
  open: typeof connect = connect,
): Promise<Socket> {
  const count = (outcome: string) => metrics().outboundRequests.inc({ purpose, outcome });
  try {
    const url = urlOf(host, port);
    const deadline = AbortSignal.timeout(deadlineMs);
    const judging = judgedAddresses(url, parseAllowList(env().OUTBOUND_ALLOW), purpose, resolve);
    const addresses = await abortable(judging, deadline, url);
    const socket = await connected(url, () => open({ host, port, lookup: pinned(addresses), signal: deadline }));
    count("connected");
    return socket;
  } catch (error) {
    count(error instanceof AppError ? error.code : "internal");
    throw error;
  }
}

/** The parser that reads all addresses of ours reads this one too: `0x7f.1` is 127.0.0.1 for both. */
function urlOf(host: string, port: number): URL {
  const text = `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}/`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.password || url.pathname !== "/")
    throw new AppError("outbound_refused", "That is no host to connect to.", { host });
  return url;
}

function connected(url: URL, open: () => Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = open();
    const fail = (error: unknown) => reject(unreachable(url, error));
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.off("error", fail);
      resolve(socket);
    });
  });
}
