import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import {
  PUBLICATION_STATUSES,
  type PublicationDto,
  type PublicationStepDto,
  publicationErrorSchema,
  STEP_NAMES,
  STEP_STATUSES,
} from "./contract";

const STEPS = { steps: { orderBy: { position: "asc" } } } as const;

export async function findPublications(tx: Transaction, limit: number) {
  return tx.publication.findMany({ include: STEPS, orderBy: { requestedAt: "desc" }, take: limit });
}
type Row = Awaited<ReturnType<typeof findPublications>>[number];

export async function findPublication(tx: Transaction, id: string): Promise<Row> {
  const row = await tx.publication.findUnique({ where: { id }, include: STEPS });
  if (!row) throw new AppError("not_found", "There is no such publication.");
  return row;
}

export function toDto(row: Row): PublicationDto {
  return {
    id: row.id,
    revision: row.revision,
    changeId: row.changeId,
    comment: row.comment,
    status: PUBLICATION_STATUSES.find((status) => status === row.status) ?? "failed",
    steps: row.steps.map(stepDto),
    ...(row.error ? { error: publicationErrorSchema.parse(row.error) } : {}),
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function stepDto(step: Row["steps"][number]): PublicationStepDto {
  return {
    target: { id: step.targetId, name: step.targetName },
    ...(step.replica ? { replica: step.replica } : {}),
    step: STEP_NAMES.find((name) => name === step.step) ?? "prepare",
    status: STEP_STATUSES.find((status) => status === step.status) ?? "failed",
    detail: step.detail,
    at: step.at.toISOString(),
  };
}
