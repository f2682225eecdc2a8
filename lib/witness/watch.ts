import { z } from "zod";
import { parseNote, parseTreeHead } from "@/lib/audit/proofs/contract";
import { AppError } from "@/lib/errors";
import { outboundRequest } from "@/lib/resilience";
import { formatRequest } from "./contract";
import { addCheckpoint, type Witness } from "./serve";

const growthSchema = z.object({ proof: z.array(z.string()), checkpoint: z.string() });

export interface Watched {
  origin: string;
  size: number;
  /** What is wrong with the log; undefined: it goes on from what was seen. */
  problem?: string;
}

/** Fetches a log's checkpoint from its API (`…/api/<tenant>/audit`) and judges it as if the log had come by itself. */
export async function watchLog(witness: Witness, url: string, token: string | undefined): Promise<Watched> {
  const prefix = url.replace(/\/$/, "");
  const checkpoint = await get(`${prefix}/checkpoint`, token);
  const { origin, size } = parseTreeHead(parseNote(checkpoint).text);
  const old = witness.state.seen(origin)?.size ?? 0;
  if (size < old) return { origin, size, problem: `The log had ${old} events, and has ${size} now: its end was cut.` };
  let body = formatRequest(old, [], checkpoint);
  if (old > 0 && old < size) {
    const growth = growthSchema.parse(JSON.parse(await get(`${prefix}/consistency?from=${old}&to=${size}`, token)));
    body = formatRequest(old, growth.proof, checkpoint);
  }
  const verdict = addCheckpoint(witness, body);
  return { origin, size, ...(verdict.status === 200 ? {} : { problem: verdict.body.trim() }) };
}

async function get(url: string, token: string | undefined): Promise<string> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const { status, body } = await outboundRequest({ purpose: "witnesses", url, headers, maxBytes: 2_000_000 });
  if (status !== 200) throw new AppError("target_refused", `${new URL(url).pathname} answered ${status}.`, { status });
  return body;
}
