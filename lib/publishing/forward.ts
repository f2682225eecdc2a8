import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import type { FileContent, OpenPlace, OpenReplica } from "@/lib/targets";
import type { Journal, Prepared } from "./journal";
import { type StepResult, step } from "./step";
import { placeSubject, replicaSubject, secretsAt, type Work, type World } from "./world";

/** True when every replica proved that it runs the new bytes. */
export async function forward(work: Work, world: World, journal: Journal): Promise<boolean> {
  const prepared = (await journal.prepared()) ?? (await prepare(work, world, journal));
  for (const { place, next } of work.places) {
    const before = prepared.find(({ subject }) => subject.id === place.id);
    if (before?.digestAfter !== world.digestOf(next.text))
      throw new AppError(
        "conflict",
        "The targets or the rendered bytes changed while the publication was under way. Publish again.",
      );
    await step(journal, "write", placeSubject(place), async () => {
      await world.replace(place, before.digestBefore, next);
      return { status: "done", detail: "" };
    });
  }
  for (const replica of work.replicas)
    await step(journal, "reload", replicaSubject(replica), () => reload(work, world, replica));
  let allProven = true;
  for (const replica of work.replicas)
    if ((await step(journal, "verify", replicaSubject(replica), () => verify(work, world, replica))) !== "done")
      allProven = false;
  for (const { place, next } of work.places) {
    if (work.replicas.some(({ placeId }) => placeId === place.id)) continue;
    await step(journal, "verify", placeSubject(place), () => readBack(world, place, next));
    allProven = false;
  }
  return allProven;
}

async function prepare(work: Work, world: World, journal: Journal): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (const { place, next } of work.places) {
    const before = await world.read(place);
    const digestBefore = before === null ? null : world.digestOf(before);
    assertExpected(place, digestBefore, work);
    prepared.push({ subject: placeSubject(place), digestBefore, digestAfter: world.digestOf(next.text), before });
  }
  await journal.prepare(prepared);
  failpoint("prepare.done");
  return prepared;
}

/**
 * We only replace what we wrote ourselves, the very file that this was imported from, or what somebody who saw the
 * difference told us to replace.
 */
export function assertExpected(
  place: OpenPlace,
  digest: string | null,
  { overwriteDrift, overwriteAt, origins }: Pick<Work, "overwriteDrift" | "overwriteAt" | "origins">,
): void {
  if (digest === place.publishedDigest) return;
  if (overwriteDrift && (overwriteAt.length === 0 || overwriteAt.includes(place.targetId))) return;
  if (digest !== null && origins.includes(digest)) return;
  const where = { target: place.targetName, ...(place.replica ? { replica: place.replica } : {}) };
  if (place.publishedDigest === null)
    throw new AppError(
      "foreign_file",
      `A configuration that Signalbox never wrote stands at ${place.targetName}. Import it first, or overwrite it.`,
      where,
    );
  throw new AppError(
    "drifted",
    `The configuration at ${place.targetName} was changed outside of Signalbox since the last publication.`,
    where,
  );
}

async function reload(work: Work, world: World, replica: OpenReplica): Promise<StepResult> {
  const outcome = await world.reload(replica, secretsAt(work, replica));
  if (outcome.kind === "accepted") return { status: "done", detail: "" };
  const refused = outcome.kind === "refused";
  return {
    status: refused || outcome.untouched ? "failed" : "unverified",
    detail: outcome.words,
    error: {
      code: refused ? "target_refused" : "target_unreachable",
      message: refused
        ? `${replica.name} refused the configuration.`
        : `${replica.name} could not be reached to load the configuration.`,
      upstream: outcome.words,
      target: replica.targetName,
      replica: replica.name,
    },
  };
}

async function verify(work: Work, world: World, replica: OpenReplica): Promise<StepResult> {
  const text = work.places.find(({ place }) => place.id === replica.placeId)?.next.text ?? "";
  const outcome = await world.verify(replica, text);
  if (outcome.kind === "verified") return { status: "done", detail: "" };
  if (outcome.kind === "unverified") return { status: "unverified", detail: outcome.detail };
  return {
    status: "failed",
    detail: outcome.detail,
    error: {
      code: "target_refused",
      message: `${replica.name} does not run what was published. ${outcome.detail}`,
      target: replica.targetName,
      replica: replica.name,
    },
  };
}

/** A bare file has nobody who could say that it runs: never green. */
async function readBack(world: World, place: OpenPlace, next: FileContent): Promise<StepResult> {
  if ((await world.read(place)) === next.text)
    return { status: "unverified", detail: "The file holds the new bytes; no program has said that it loaded them." };
  const message = `The file of ${place.targetName} was changed by someone else right after it was written.`;
  return { status: "failed", detail: message, error: { code: "drifted", message, target: place.targetName } };
}
