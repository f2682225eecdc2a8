import { AppError } from "@/lib/errors";
import type { OutboundRequest, OutboundResponse } from "@/lib/resilience";
import { metricValue } from "./metrics";

/** One Alertmanager process, with its credentials opened. Lives in memory for the length of one step only. */
export interface Replica {
  name: string;
  url: string;
  routePrefix: string;
  auth: { type: "none" } | { type: "basic"; username: string; password: string } | { type: "bearer"; token: string };
  tls?: { ca?: string; serverName?: string };
}

export type Send = (request: OutboundRequest) => Promise<OutboundResponse>;

export type ReloadOutcome =
  | { kind: "accepted" }
  /** It said no and keeps what it ran before. */
  | { kind: "refused"; words: string }
  /** `untouched`: it never got the request. Otherwise nobody knows whether it took the file. */
  | { kind: "unreachable"; words: string; untouched: boolean };

export type VerifyOutcome = { kind: "verified" } | { kind: "unverified" | "mismatch"; detail: string };

export function request(replica: Replica, path: string, extra: Partial<OutboundRequest>): OutboundRequest {
  const { auth } = replica;
  const authorization =
    auth.type === "basic"
      ? `Basic ${Buffer.from(`${auth.username}:${auth.password}`, "utf8").toString("base64")}`
      : auth.type === "bearer"
        ? `Bearer ${auth.token}`
        : undefined;
  return {
    purpose: "targets",
    url: `${replica.url.replace(/\/+$/, "")}${replica.routePrefix.replace(/\/+$/, "")}${path}`,
    ...(authorization ? { headers: { authorization } } : {}),
    ...(replica.tls ? { tls: replica.tls } : {}),
    ...extra,
  };
}

/** `secrets` are the values that the new file holds: a target that quotes one does not get it into our records. */
export async function reloadReplica(send: Send, replica: Replica, secrets: readonly string[]): Promise<ReloadOutcome> {
  try {
    const answer = await send(
      request(replica, "/-/reload", { method: "POST", deadlineMs: 30_000, maxBytes: 64 * 1024 }),
    );
    if (answer.status === 200) return { kind: "accepted" };
    return { kind: "refused", words: ownWords(answer, secrets) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const untouched = error.code === "outbound_refused" || error.details.neverConnected === true;
    return { kind: "unreachable", words: error.message, untouched };
  }
}

export function ownWords(answer: OutboundResponse, secrets: readonly string[]): string {
  const type = answer.headers["content-type"] ?? "";
  if (!type.startsWith("text/plain") || answer.body.trim() === "") return `HTTP ${answer.status}`;
  let words = answer.body;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    for (const form of new Set([
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURI(secret),
      encodeURIComponent(secret),
    ]))
      if (form.length >= 4) words = words.replaceAll(form, "<secret>");
  }
  return words
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 2000);
}

/** Green only on proof: the hash of the very bytes we wrote, and a last reload that succeeded. */
export async function verifyReplica(
  send: Send,
  replica: Replica,
  hash: number,
  wait: (ms: number) => Promise<unknown>,
): Promise<VerifyOutcome> {
  let outcome: VerifyOutcome = { kind: "unverified", detail: "The metrics were not asked for." };
  for (let attempt = 0; attempt < 6; attempt++) {
    if (attempt > 0) await wait(250 * attempt);
    outcome = await look(send, replica, hash);
    if (outcome.kind === "verified") return outcome;
  }
  return outcome;
}

async function look(send: Send, replica: Replica, hash: number): Promise<VerifyOutcome> {
  let answer: OutboundResponse;
  try {
    answer = await send(request(replica, "/metrics", { deadlineMs: 5_000, maxBytes: 16 * 1024 * 1024 }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "unverified", detail: `Its metrics cannot be read: ${error.message}` };
  }
  if (answer.status !== 200) return { kind: "unverified", detail: `Its metrics answered HTTP ${answer.status}.` };
  const running = metricValue(answer.body, "alertmanager_config_hash");
  const succeeded = metricValue(answer.body, "alertmanager_config_last_reload_successful");
  if (running === null || succeeded === null)
    return { kind: "unverified", detail: "Its metrics do not tell which configuration it runs." };
  if (running !== hash)
    return {
      kind: "mismatch",
      detail: `It runs another configuration (hash ${running}, expected ${hash}): does it read this file?`,
    };
  if (succeeded !== 1) return { kind: "mismatch", detail: "It says that its last reload failed." };
  return { kind: "verified" };
}

/** The version that it says it is; null when it does not say. */
export async function observeVersion(send: Send, replica: Replica): Promise<string | null> {
  try {
    const answer = await send(request(replica, "/api/v2/status", { deadlineMs: 3_000, maxBytes: 16 * 1024 * 1024 }));
    const status: unknown = answer.status === 200 ? JSON.parse(answer.body) : null;
    if (typeof status !== "object" || status === null || !("versionInfo" in status)) return null;
    const info = status.versionInfo;
    if (typeof info !== "object" || info === null || !("version" in info)) return null;
    return typeof info.version === "string" && /^v?\d+\.\d+(\.\d+)?/.test(info.version) ? info.version : null;
  } catch (error) {
    if (error instanceof AppError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The alerts that it knows, as its API answers them; null when it does not. */
export async function alertsOf(send: Send, replica: Replica): Promise<string | null> {
  try {
    const limits = { deadlineMs: 10_000, maxBytes: 64 * 1024 * 1024 };
    const answer = await send(request(replica, "/api/v2/alerts", limits));
    return answer.status === 200 ? answer.body : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
