import { randomUUID } from "node:crypto";
import type { Transaction } from "@/lib/database";
import { openText, sealText } from "@/lib/secrets";
import { publicationErrorSchema, STEP_STATUSES, type StepName, type StepStatus } from "./contract";
import type { Journal, Prepared, Subject } from "./journal";
import { type Lease, underLease } from "./lease";

/** What the sealed bytes of a place are bound to. */
export function purposeOfBefore(publicationId: string, placeId: string): string {
  return `before publication|${publicationId}|${placeId}`;
}

export function databaseJournal(lease: Lease): Journal {
  const { publicationId, tenantId } = lease;
  const keyOf = (step: StepName, subject: Subject) => `${step}:${subject.id}`;
  const purposeOf = (placeId: string) => purposeOfBefore(publicationId, placeId);
  const where = (step: StepName, subject: Subject) => ({
    publicationId_key: { publicationId, key: keyOf(step, subject) },
  });

  async function rowFor(tx: Transaction, step: StepName, subject: Subject) {
    return {
      id: randomUUID(),
      tenantId,
      publicationId,
      key: keyOf(step, subject),
      position: await tx.publicationStep.count({ where: { publicationId } }),
      targetId: subject.targetId,
      targetName: subject.targetName,
      subjectId: subject.id,
      replica: subject.replica,
      step,
      at: new Date(),
    };
  }

  return {
    prepared: () =>
      underLease(lease, async (tx) => {
        const rows = await tx.publicationStep.findMany({
          where: { publicationId, step: "prepare" },
          orderBy: { position: "asc" },
        });
        if (rows.length === 0) return null;
        return Promise.all(
          rows.map(
            async (row): Promise<Prepared> => ({
              subject: { id: row.subjectId, targetId: row.targetId, targetName: row.targetName, replica: row.replica },
              digestBefore: row.digestBefore,
              digestAfter: row.digestAfter ?? "",
              before:
                row.sealedBefore === null
                  ? null
                  : await openText(tx, tenantId, purposeOf(row.subjectId), row.sealedBefore),
            }),
          ),
        );
      }),

    prepare: (places) =>
      underLease(lease, async (tx) => {
        for (const { subject, digestBefore, digestAfter, before } of places)
          await tx.publicationStep.create({
            data: {
              ...(await rowFor(tx, "prepare", subject)),
              status: "done",
              digestBefore,
              digestAfter,
              ...(before === null
                ? {}
                : { sealedBefore: new Uint8Array(await sealText(tx, tenantId, purposeOf(subject.id), before)) }),
            },
          });
      }),

    status: (step, subject) =>
      underLease(lease, async (tx): Promise<StepStatus> => {
        const row = await tx.publicationStep.findUnique({ where: where(step, subject), select: { status: true } });
        return STEP_STATUSES.find((status) => status === row?.status) ?? "pending";
      }),

    intend: (step, subject) =>
      underLease(lease, async (tx) => {
        await tx.publicationStep.upsert({
          where: where(step, subject),
          create: { ...(await rowFor(tx, step, subject)), status: "running" },
          update: { status: "running", detail: "", at: new Date() },
        });
      }),

    record: (step, subject, status, detail) =>
      underLease(lease, async (tx) => {
        await tx.publicationStep.update({ where: where(step, subject), data: { status, detail, at: new Date() } });
      }),

    error: () =>
      underLease(lease, async (tx) => {
        const row = await tx.publication.findUnique({ where: { id: publicationId }, select: { error: true } });
        return row?.error ? publicationErrorSchema.parse(row.error) : null;
      }),

    recordError: (error) =>
      underLease(lease, async (tx) => {
        const row = await tx.publication.findUnique({ where: { id: publicationId }, select: { error: true } });
        if (!row?.error) await tx.publication.update({ where: { id: publicationId }, data: { error } });
      }),
  };
}
