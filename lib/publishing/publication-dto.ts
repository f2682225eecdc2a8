import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { namesOf } from "@/lib/tenancy";
import {
  PUBLICATION_STATUSES,
  type PublicationDto,
  type PublicationStepDto,
  publicationErrorSchema,
  STEP_NAMES,
  STEP_STATUSES,
} from "./contract";

const STEPS = { steps: { orderBy: { position: "asc" } } } as const;

async function newest(tx: Transaction, limit: number) {
  return tx.publication.findMany({ include: STEPS, orderBy: { requestedAt: "desc" }, take: limit });
}
type Row = Awaited<ReturnType<typeof newest>>[number];

export async function getDto(tx: Transaction, id: string): Promise<PublicationDto> {
  const row = await tx.publication.findUnique({ where: { id }, include: STEPS });
  if (!row) throw new AppError("not_found", "There is no such publication.");
  const [dto] = await toDtos(tx, [row]);
  return dto!;
}

export async function listDtos(tx: Transaction, limit: number): Promise<PublicationDto[]> {
  return toDtos(tx, await newest(tx, limit));
}

/** Names of people by id; who is gone stays an id. */
async function toDtos(tx: Transaction, rows: readonly Row[]): Promise<PublicationDto[]> {
  const names = await namesOf(
    tx,
    rows.map(({ requestedBy }) => requestedBy),
  );
  return rows.map((row) => toDto(row, names[row.requestedBy] ?? row.requestedBy));
}

function toDto(row: Row, requestedBy: string): PublicationDto {
  return {
    id: row.id,
    revision: row.revision,
    changeId: row.changeId,
    comment: row.comment,
    status: PUBLICATION_STATUSES.find((status) => status === row.status) ?? "failed",
    steps: row.steps.map(stepDto),
    ...(row.error ? { error: publicationErrorSchema.parse(row.error) } : {}),
    requestedBy,
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
