import { append, lockLog, readStream } from "@/lib/audit";
import { metrics } from "@/lib/observability";
import { digestOf, recordPublished, removeOldTemplatesAt, templateFolderName } from "@/lib/targets";
import { type Lease, underLease } from "./lease";
import type { Ended } from "./run-publication";

/** The one transition out of `running`. Together with it, or not at all, the places and the log learn of it. */
export async function finishPublication(lease: Lease, ended: Ended): Promise<void> {
  const { publicationId: id, tenantId } = lease;
  const published = ended.status === "verified" || ended.status === "unverified";
  const now = new Date();
  const started = await underLease(lease, async (tx) => {
    const row = await tx.publication.update({
      where: { id },
      data: { status: ended.status, finishedAt: now, leaseOwner: null, leaseUntil: null },
    });
    if (published && ended.work)
      await recordPublished(
        tx,
        row.revision,
        ended.work.places.map(({ place, next }) => ({ id: place.id, digest: digestOf(next.text) })),
      );
    await lockLog(tx, tenantId);
    const stream = { type: "publication", id };
    const version = (await readStream(tx, tenantId, stream)).length;
    const { error } = ended;
    const data = { status: ended.status, revision: row.revision, ...(error ? { error: { ...error } } : {}) };
    const author = { tenantId, actor: "system", requestId: `publication ${id}` };
    await append(tx, author, stream, version, [{ type: "PublicationEnded", data }], now);
    return row.requestedAt;
  });
  metrics().publications.inc({ status: ended.status });
  metrics().publicationSeconds.observe({ status: ended.status }, (now.getTime() - started.getTime()) / 1000);
  if (published) await sweep(ended);
}

/** Template folders that neither the new bytes nor anybody's way back needs. Left for the next time when it fails. */
async function sweep({ work }: Ended): Promise<void> {
  for (const { place, next } of work?.places ?? [])
    await removeOldTemplatesAt(place, [templateFolderName(place.path, next.templates)]).catch(() => {});
}
