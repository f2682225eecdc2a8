import type { ConfigDocument } from "@/lib/alertmanager";
import type { Prisma, Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import type { StreamDefinition } from "@/lib/tenancy";
import { changeQuotas } from "./count-usage";
import { evolve } from "./decider";
import { type ChangeEvent, type ChangeState, NO_CHANGE } from "./events";
import { pruneRevisions } from "./prune-revisions";
import { refuseBeyondGrants } from "./refuse-beyond-grants";
import { projectReview } from "./review/project";

type Stream = StreamDefinition<ChangeState, ChangeEvent, { id: string }>;
type Projection = Parameters<Stream["project"]>[1];

/** One stream per change; its revision is made by its own `ChangeFrozen`. */
export const changeStream: Stream = {
  type: "change",
  personal: { CommentAdded: ["text"], Approved: ["comment"], Rejected: ["reason"] },
  id: ({ id }) => id,
  initial: NO_CHANGE,
  evolve,
  permit: refuseBeyondGrants,
  quotas: changeQuotas,
  project: async (tx, projection) => {
    await projectChange(tx, projection);
    const { streamId: changeId, ...review } = projection;
    await projectReview(tx, { changeId, ...review });
    for (const event of projection.events) await projectRevision(tx, projection, event);
  },
};

async function projectChange(tx: Transaction, { tenantId, streamId, state, events, version, now }: Projection) {
  const row = {
    title: state.title,
    status: state.status,
    version,
    baseRevision: state.baseRevision,
    revision: state.revision,
    ...documentColumns(state.document),
    updatedAt: now,
  };
  const opened = events.find((event) => event.type === "ChangeOpened");
  if (!opened) {
    // Not `update`: that would bring the whole document back.
    const { count } = await tx.change.updateMany({ where: { id: streamId }, data: row });
    if (count !== 1) throw new AppError("internal", "The change has no row.");
    return;
  }
  const { number, openedBy } = opened.data;
  await tx.change.create({ data: { id: streamId, tenantId, number, createdBy: openedBy, createdAt: now, ...row } });
}

async function projectRevision(tx: Transaction, { tenantId, streamId, state, now }: Projection, event: ChangeEvent) {
  if (event.type === "ChangeFrozen") {
    const { revision: number, sha256, comment, secretRefs, frozenBy } = event.data;
    const document = state.document as unknown as Prisma.InputJsonValue;
    const frozen = { tenantId, number, changeId: streamId, title: state.title, comment, document, sha256, secretRefs };
    await tx.revision.create({ data: { ...frozen, createdBy: frozenBy, createdAt: now } });
  }
  if (event.type === "ChangePublished") {
    const number = event.data.revision;
    await tx.revision.update({ where: { tenantId_number: { tenantId, number } }, data: { publishedAt: now } });
    await pruneRevisions(tx, tenantId, now);
  }
}

function documentColumns({ config, templates, source }: ConfigDocument) {
  return {
    config: config as unknown as Prisma.InputJsonValue,
    templates: templates as unknown as Prisma.InputJsonValue,
    source,
  };
}
