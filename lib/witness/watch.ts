import { z } from "zod";
import { parseNote, parseTreeHead, type Renewal, renewalSchema } from "@/lib/audit/proofs/contract";
import { AppError } from "@/lib/errors";
import { outboundRequest } from "@/lib/resilience";
import { formatRenewalRequest, formatRequest } from "./contract";
import type { Verdict } from "./judge";
import { addCheckpoint, addRenewal, type Witness } from "./serve";

const growthSchema = z.object({ proof: z.array(z.string()) });
const renewalsSchema = z.object({
  renewals: z.array(z.object({ ...renewalSchema.shape, size: z.number().int().min(1) })),
});

export interface Watched {
  origin: string;
  size: number;
  /** What is wrong with the log; undefined: it goes on from what was seen. */
  problem?: string;
}

/** Where a log's checkpoint comes from, and what shows that it goes on. */
export interface LogSource {
  checkpoint: string;
  /** How its keys were replaced, the oldest first. */
  renewals(): Promise<(Renewal & { size: number })[]>;
  /** That the log of `to` events goes on from that of `from`; undefined: nothing here shows it. */
  growth(from: number, to: number): Promise<readonly string[] | undefined>;
}

/** Fetches a log's checkpoint from its API (`…/api/<tenant>/audit`) and judges it as if the log had come by itself. */
export async function watchLog(witness: Witness, url: string, token: string | undefined): Promise<Watched> {
  const prefix = url.replace(/\/$/, "");
  return judgeNewest(witness, {
    checkpoint: await get(`${prefix}/checkpoint`, token),
    renewals: async () => renewalsSchema.parse(JSON.parse(await get(`${prefix}/renewals`, token))).renewals,
    growth: async (from, to) =>
      growthSchema.parse(JSON.parse(await get(`${prefix}/consistency?from=${from}&to=${to}`, token))).proof,
  });
}

/** Holds a checkpoint against what was seen of its log, over as many replacements of its keys as there were since. */
export async function judgeNewest(witness: Witness, source: LogSource): Promise<Watched> {
  const { origin, size } = parseTreeHead(parseNote(source.checkpoint).text);
  const seen = () => witness.state.seen(origin)?.size ?? 0;
  const old = seen();
  if (size < old) return { origin, size, problem: `The log had ${old} events, and has ${size} now: its end was cut.` };
  const proofTo = async (to: number) => (seen() === 0 || seen() === to ? [] : source.growth(seen(), to));
  const take = async (): Promise<Verdict> => {
    const proof = await proofTo(size);
    return proof ? addCheckpoint(witness, formatRequest(seen(), proof, source.checkpoint)) : unshown(seen());
  };
  let verdict = await take();
  if (verdict.status === 403) {
    const renewals = (await source.renewals()).filter((renewal) => renewal.size >= old && renewal.size <= size);
    for (const { size: at, ...renewal } of renewals) {
      const proof = await proofTo(at);
      if (proof) addRenewal(witness, formatRenewalRequest(origin, renewal, { old: seen(), proof }));
    }
    if (renewals.length > 0) verdict = await take();
  }
  return { origin, size, ...(verdict.status === 200 ? {} : { problem: verdict.body.trim() }) };
}

const unshown = (old: number): Verdict => ({
  status: 422,
  body: `Nothing here shows that the log goes on from ${old} events: export all of it, or with --since ${old}.\n`,
});

async function get(url: string, token: string | undefined): Promise<string> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const { status, body } = await outboundRequest({ purpose: "witnesses", url, headers, maxBytes: 2_000_000 });
  if (status !== 200) throw new AppError("target_refused", `${new URL(url).pathname} answered ${status}.`, { status });
  return body;
}
