import { createHash, randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { onPlatform, type Prisma, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { PLATFORM_LOG, recordWith } from "@/lib/tenancy";
import { ERASURE_STEPS, type ErasureDto, receiptSchema } from "./contract";

interface Asking {
  personId: string;
  /** Who asks: the person, an operator, or `system` from the command line. */
  by: string;
  requestId: string;
}

/** Who asks where somebody was erased before, and a backup brought them back. That is decided: nobody has to follow them any more. */
export const AGAIN = { by: "system", requestId: "erase-again" } as const;

export function isAgain({ requestedBy, requestId }: { requestedBy: string; requestId: string }): boolean {
  return requestedBy === AGAIN.by && requestId === AGAIN.requestId;
}

export function hashOf(salt: Uint8Array, personId: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(salt).update(personId).digest();
}

/**
 * Writes down that a person is to be erased; from then on it is done, whatever dies meanwhile. Refused for the last admin of a
 * tenant and the last operator: nobody could manage what they leave behind. Asked again it answers the erasure under way.
 */
export async function beginErasure({ personId, by, requestId }: Asking): Promise<string> {
  if (!isAgain({ requestedBy: by, requestId })) await requireSuccessors(personId);
  const salt = randomBytes(16);
  return withTenant(PLATFORM_LOG, async (tx) => {
    // Whoever is erased twice at once waits here.
    const [person] = await tx.$queryRaw<
      { id: string }[]
    >`SELECT id FROM people WHERE id = ${personId}::uuid FOR UPDATE`;
    if (!person) throw new AppError("not_found", "There is no such person.");
    const known = await tx.erasure.findUnique({ where: { personId }, select: { id: true } });
    if (known) return known.id;
    const asked = { requestedBy: by, requestId, requestedAt: new Date() };
    const { id } = await tx.erasure.create({
      data: { id: randomUUID(), personId, salt, hash: hashOf(salt, personId), ...asked },
    });
    await recordWith(tx, "ErasureBegun", { erasure: id, person: personId }, { actor: by, requestId });
    return id;
  });
}

async function requireSuccessors(personId: string): Promise<void> {
  await onPlatform(async (tx) => {
    const tenants = await tx.$queryRaw<{ name: string }[]>`SELECT name FROM tenants_of_last_admin(${personId}::uuid)`;
    const names = tenants.map(({ name }) => name);
    if (names.length > 0) {
      const where = names.slice(0, 5).join(", ");
      throw new AppError(
        "in_use",
        `Nobody else is an admin of ${where}. Make somebody else one first, or have the tenant deleted.`,
        {
          tenants: names,
        },
      );
    }
    const operator = await tx.person.count({ where: { id: personId, isOperator: true } });
    const others = operator && (await tx.person.count({ where: { isOperator: true, NOT: { id: personId } } }));
    if (others === 0 && operator)
      throw new AppError("in_use", "This is the last operator. Make somebody else one first.");
  });
}

type Row = Prisma.ErasureGetPayload<Record<never, never>>;

function dto({ id, step, requestedAt, error, receipt }: Row): ErasureDto {
  return {
    id,
    step: z.enum(ERASURE_STEPS).parse(step),
    requestedAt: requestedAt.toISOString(),
    error,
    receipt: receiptSchema.nullable().parse(receipt),
  };
}

export async function readErasure(id: string): Promise<ErasureDto> {
  const row = z.uuid().safeParse(id).success
    ? await onPlatform((tx) => tx.erasure.findUnique({ where: { id } }))
    : null;
  if (!row) throw new AppError("not_found", "There is no such erasure.");
  return dto(row);
}

/** Newest first. */
export async function listErasures(): Promise<ErasureDto[]> {
  return (await onPlatform((tx) => tx.erasure.findMany({ orderBy: { requestedAt: "desc" }, take: 200 }))).map(dto);
}
