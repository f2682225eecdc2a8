import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { NoteSigner, VerifierKey } from "@/lib/audit/proofs/contract";
import { logger } from "@/lib/observability";
import { judgeCheckpoint, judgeRenewal, type Verdict } from "./judge";
import type { StateFile } from "./state-file";

/** Some hundred post-quantum signatures. */
const MOST_BYTES = 512 * 1024;
const TEXT = "text/plain; charset=utf-8";

export interface Witness {
  state: StateFile;
  logs: readonly VerifierKey[];
  signers: readonly NoteSigner[];
}

/** Judges, and remembers before it answers. Whatever a log tells, the witness's own memory decides. */
export function addCheckpoint({ state, logs, signers }: Witness, body: string): Verdict {
  const verdict = judgeCheckpoint(body, logs, (origin) => state.seen(origin), signers, new Date());
  if (verdict.next) state.keep(verdict.next.origin, verdict.next.seen);
  if (verdict.status === 422) logger("witness").error({ why: verdict.body.trim() }, "a log is not what it was");
  return verdict;
}

/** The same for the next keys of a log. */
export function addRenewal({ state, logs }: Witness, body: string): Verdict {
  const verdict = judgeRenewal(body, logs, (origin) => state.seen(origin));
  if (verdict.next) state.keep(verdict.next.origin, verdict.next.seen);
  if (verdict.status === 422) logger("witness").error({ why: verdict.body.trim() }, "a log is not what it was");
  return verdict;
}

const JUDGES: Record<string, (witness: Witness, body: string) => Verdict> = {
  "/add-checkpoint": addCheckpoint,
  "/add-renewal": addRenewal,
};

/** C2SP tlog-witness: `POST /add-checkpoint` and `GET /<hash of an origin>/checkpoint`; `POST /add-renewal` is ours. */
export function serveWitness(witness: Witness, { host, port }: { host: string; port: number }) {
  const server = http.createServer((request, response) => {
    answer(witness, request, response).catch((error: unknown) => {
      logger("witness").error({ err: error }, "a request failed");
      if (!response.headersSent) response.writeHead(500, { "content-type": TEXT }).end("It failed.\n");
    });
  });
  server.requestTimeout = 30_000;
  return new Promise<{ url: string; stop(): Promise<void> }>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const { address, port: taken, family } = server.address() as AddressInfo;
      const named = family === "IPv6" ? `[${address}]` : address;
      resolve({
        url: `http://${named}:${taken}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function answer(witness: Witness, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://witness");
  const end = (status: number, body: string, type = TEXT) =>
    response.writeHead(status, { "content-type": type, "x-content-type-options": "nosniff" }).end(body);
  const judge = Object.hasOwn(JUDGES, pathname) ? JUDGES[pathname] : undefined;
  if (judge) {
    if (request.method !== "POST") return void end(405, "POST only.\n");
    const body = await bodyOf(request);
    if (body === undefined) return void end(413, "The body is too large.\n");
    const verdict = judge(witness, body);
    return void end(verdict.status, verdict.body, verdict.status === 409 ? "text/x.tlog.size" : TEXT);
  }
  const [, hash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(pathname) ?? [];
  const found = hash && request.method === "GET" && witness.state.entries().find(([origin]) => hashOf(origin) === hash);
  if (!found || found[1].note === "") return void end(404, "There is nothing here.\n");
  end(200, found[1].note);
}

const hashOf = (origin: string) => createHash("sha256").update(origin).digest("hex");

async function bodyOf(request: http.IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > MOST_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}
