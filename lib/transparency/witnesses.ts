import { keepCosignature, latestCheckpoint, proveGrowth, type StoredCheckpoint } from "@/lib/audit";
import {
  formatSignatureLine,
  labelOf,
  type NoteSignature,
  ProofError,
  parseNote,
  parseSize,
  parseVerifierKey,
  type VerifierKey,
  verifySignatures,
} from "@/lib/audit/proofs/contract";
import { withPlatform, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logger, metrics } from "@/lib/observability";
import { outboundRequest } from "@/lib/resilience";
import { recordOnPlatform } from "@/lib/tenancy";
import { formatRenewalRequest, formatRequest } from "@/lib/witness/contract";
import { renewalsIn } from "./renewals";

export interface WitnessPlace {
  name: string;
  url: string;
  keys: VerifierKey[];
}

/** `URL KEY [KEY]`, with commas or newlines between. */
export function parseWitnesses(text: string): WitnessPlace[] {
  return text
    .split(/[\n,]+/)
    .map((entry) => entry.trim().split(/\s+/))
    .filter(([url]) => url !== "")
    .map(([url = "", ...given]) => {
      const keys = given.map(parseVerifierKey);
      const [first] = keys;
      if (!URL.canParse(url) || !first || keys.some(({ name }) => name !== first.name)) {
        throw new AppError(
          "invalid_input",
          "WITNESSES wants URL KEY [KEY] for each witness, with the keys of one name.",
        );
      }
      return { name: first.name, url: url.replace(/\/$/, ""), keys };
    });
}

type Outcome = { outcome: "cosigned"; lines: NoteSignature[] } | { outcome: "refused" | "failed"; why: string };

const LOGS_AT_ONCE = 100;

/** Asks every witness for what it did not cosign yet. */
export async function askWitnesses(places = parseWitnesses(env().WITNESSES)): Promise<void> {
  if (places.length === 0) return;
  const names = places.map(({ name }) => name);
  const rows = await withPlatform(
    (tx) => tx.$queryRaw<{ log_tenant_id: string }[]>`
      SELECT log_tenant_id FROM logs_to_cosign(${names}::text[], ${LOGS_AT_ONCE}::int)`,
  );
  for (const { log_tenant_id } of rows) await askAbout(log_tenant_id, places);
}

/** Asks about one log, those who are behind. */
export async function askAbout(tenantId: string, places: readonly WitnessPlace[]): Promise<void> {
  for (const place of places) {
    const standing = await withTenant(tenantId, (tx) =>
      tx.witnessStanding.findUnique({ where: { tenantId_witness: { tenantId, witness: place.name } } }),
    );
    const checkpoint = await newest(tenantId);
    const old = Number(standing?.size ?? 0);
    if (!checkpoint || checkpoint.size <= old) continue;
    await announceKeys(tenantId, place, old);
    const answer = await cosign(tenantId, place, checkpoint, old);
    metrics().witnessAnswers.inc({ outcome: answer.outcome });
    if (answer.outcome === "cosigned") await keep(tenantId, place, checkpoint, answer.lines);
    else await note(tenantId, place, old, answer, standing?.problem ?? null);
  }
}

const newest = (tenantId: string) => withTenant(tenantId, (tx) => latestCheckpoint(tx, tenantId));

/** Where the log's keys were replaced since, the witness is told. One that is not ours does not know how: its keeper has to tell it. */
async function announceKeys(tenantId: string, { url, name }: WitnessPlace, old: number): Promise<void> {
  const renewals = await withTenant(tenantId, (tx) => renewalsIn(tx, tenantId));
  let from = old;
  for (const { size, renewal } of renewals.filter((candidate) => candidate.size >= old)) {
    const [{ name: origin = "" } = {}] = renewal.keys.map(parseVerifierKey);
    const told = async (seen: number) => {
      const proof = await withTenant(tenantId, (tx) => proveGrowth(tx, tenantId, seen, size));
      const body = formatRenewalRequest(origin, renewal, { old: seen, proof });
      const headers = { "content-type": "application/json" };
      const request = { url: `${url}/add-renewal`, method: "POST", headers, body, maxBytes: 100_000 } as const;
      return outboundRequest({ purpose: "witnesses", ...request });
    };
    try {
      const first = await told(from);
      const theirs = first.status === 409 ? (parseSize(first.body.trim()) ?? size + 1) : size + 1;
      const { status } = theirs <= size ? await told(theirs) : first;
      if (status !== 200) {
        logger("transparency").warn({ tenantId, witness: name, status }, "a witness did not take the next keys");
      }
    } catch (error) {
      logger("transparency").warn({ err: error, tenantId, witness: name }, "a witness was not told of the next keys");
    }
    from = size;
  }
}

async function cosign(
  tenantId: string,
  place: WitnessPlace,
  { size, note: signed }: StoredCheckpoint,
  known: number,
): Promise<Outcome> {
  let old = known;
  for (let tries = 1; tries <= 3; tries++) {
    const proof = await withTenant(tenantId, (tx) => proveGrowth(tx, tenantId, old, size));
    const body = formatRequest(old, proof, signed);
    let answer: { status: number; body: string };
    try {
      const headers = { "content-type": "text/plain; charset=utf-8" };
      const url = `${place.url}/add-checkpoint`;
      answer = await outboundRequest({ purpose: "witnesses", url, method: "POST", headers, body, maxBytes: 100_000 });
    } catch (error) {
      return { outcome: "failed", why: error instanceof AppError ? error.code : "It could not be asked." };
    }
    if (answer.status === 200) return readLines(signed, answer.body, place);
    if (answer.status === 422) return { outcome: "refused", why: "The log does not go on from what the witness saw." };
    if (answer.status !== 409) return { outcome: "failed", why: `The witness answered ${answer.status}.` };
    const theirs = parseSize(answer.body.trim());
    if (theirs === undefined) return { outcome: "failed", why: "The witness did not say what it saw." };
    // Another replica may have asked for a newer one in the meantime.
    if (theirs > size && theirs > ((await newest(tenantId))?.size ?? 0)) {
      return { outcome: "refused", why: `The witness saw ${theirs} events, and the log has ${size}.` };
    }
    if (theirs > size) return { outcome: "failed", why: "A newer checkpoint is being cosigned." };
    old = theirs;
  }
  return { outcome: "failed", why: "The witness moved on each time." };
}

function readLines(signed: string, lines: string, { keys }: WitnessPlace): Outcome {
  try {
    const cosigned = parseNote(signed + lines);
    const own = verifySignatures(cosigned, keys).map(({ key }) => key);
    if (own.length === 0) return { outcome: "failed", why: "None of the witness's keys signed its answer." };
    const isOwn = ({ name, id }: NoteSignature) => own.some((key) => key.name === name && key.id === id);
    return { outcome: "cosigned", lines: cosigned.signatures.filter(isOwn) };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return { outcome: "failed", why: `The answer of the witness cannot be verified: ${error.code}.` };
  }
}

async function keep(
  tenantId: string,
  { name: witness }: WitnessPlace,
  { size }: StoredCheckpoint,
  lines: readonly NoteSignature[],
): Promise<void> {
  const now = new Date();
  await withTenant(tenantId, async (tx) => {
    for (const line of lines) {
      await keepCosignature(tx, tenantId, { size, key: labelOf(line), line: formatSignatureLine(line), now });
    }
    const said = { size: BigInt(size), askedAt: now, problem: null, problemAt: null };
    const where = { tenantId_witness: { tenantId, witness } };
    await tx.witnessStanding.upsert({ where, create: { tenantId, witness, ...said }, update: said });
  });
}

/** A refusal is told once, on the installation's own log: that a log is not what somebody saw is for its operators to find out. */
async function note(
  tenantId: string,
  { name: witness }: WitnessPlace,
  size: number,
  { outcome, why }: { outcome: "refused" | "failed"; why: string },
  before: string | null,
): Promise<void> {
  const now = new Date();
  await withTenant(tenantId, async (tx) => {
    const said = { askedAt: now, problem: why, ...(before === why ? {} : { problemAt: now }) };
    const where = { tenantId_witness: { tenantId, witness } };
    await tx.witnessStanding.upsert({
      where,
      create: { tenantId, witness, size: BigInt(size), ...said },
      update: said,
    });
  });
  if (outcome === "failed") return logger("transparency").warn({ tenantId, witness, why }, "a witness did not cosign");
  logger("transparency").error({ tenantId, witness, why }, "a witness refused a log");
  if (before !== why) await recordOnPlatform("WitnessRefused", { tenantId, witness, why });
}
