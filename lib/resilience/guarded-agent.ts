import http, { type ClientRequestArgs } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { metrics } from "@/lib/observability";
import { type OutboundPurpose, parseAllowList } from "./allow-list";
import { judgedAddresses, pinned, type Resolve, systemResolve } from "./outbound";
import { demandTls } from "./require-tls";
import { strongTls } from "./strong-tls";

type Connect = http.Agent["createConnection"];

/**
 * The guarded door for libraries that send their requests themselves: each connection of the agent goes to an address that was
 * judged as `outboundRequest` judges it. For one scheme only: Node refuses to send the other through it.
 */
export function guardedAgent(
  purpose: OutboundPurpose,
  protocol: "http:" | "https:",
  resolve: Resolve = systemResolve,
): http.Agent {
  // Not kept alive: an address is judged for each request.
  const agent =
    protocol === "https:"
      ? new https.Agent({ keepAlive: false, ...strongTls() })
      : new http.Agent({ keepAlive: false });
  const connect: Connect = agent.createConnection.bind(agent);
  const open = async (options: ClientRequestArgs): Promise<Duplex> => {
    const host = String(options.host);
    const url = new URL(`${protocol}//${host.includes(":") ? `[${host}]` : host}:${options.port ?? ""}`);
    const addresses = await judgedAddresses(url, parseAllowList(env().OUTBOUND_ALLOW), purpose, resolve);
    demandTls(url, addresses);
    const socket = connect({ ...options, lookup: pinned(addresses) });
    if (!socket) throw new Error("The connection could not be made.");
    return socket;
  };
  agent.createConnection = (options, done) => {
    const count = (outcome: string) => metrics().outboundRequests.inc({ purpose, outcome });
    open(options).then(
      (socket) => {
        count("connected");
        done?.(null, socket);
      },
      (error: unknown) => {
        count(error instanceof AppError ? error.code : "internal");
        // Node reads the error only; its type wants a socket beside it.
        (done as (error: unknown) => void)?.(error);
      },
    );
    return undefined;
  };
  return agent;
}
