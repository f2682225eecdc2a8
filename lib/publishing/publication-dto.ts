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

// The sealed files stay where they are: nobody reads them here.
const STEPS = { steps: { orderBy: { position: "asc" }, omit: { sealedBefore: true } } } as const;

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
  const publicationId = { in: rows.map(({ id }) => id) };
  const seen = await tx.publicationAcknowledgement.findMany({ where: { publicationId } });
  const people = [...rows.map(({ requestedBy }) => requestedBy), ...seen.map(({ by }) => by)];
  const names = await namesOf(tx, people);
  const nameOf = (id: string) => names[id] ?? id;
  return rows.map((row) => {
    const found = seen.find((one) => one.publicationId === row.id);
    const acknowledged = found ? { by: nameOf(found.by), at: found.at.toISOString() } : null;
    return toDto(row, { requestedBy: nameOf(row.requestedBy), acknowledged });
  });
}

function toDto(row: Row, known: Pick<PublicationDto, "requestedBy" | "acknowledged">): PublicationDto {
  return {
    id: row.id,
    revision: row.revision,
    changeId: row.changeId,
    comment: row.comment,
    status: PUBLICATION_STATUSES.find((status) => status === row.status) ?? "failed",
    steps: row.steps.map(stepDto),
    ...(row.error ? { error: publicationErrorSchema.parse(row.error) } : {}),
    replaced:
      row.overwriteDrift && row.steps.some(({ step, digestBefore }) => step === "prepare" && digestBefore !== null),
    bypass: row.bypass,
    ...known,
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
