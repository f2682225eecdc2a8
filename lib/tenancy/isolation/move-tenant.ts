import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Transaction, withDirectory } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { parseInput } from "../command";
import { namesOf } from "../people";
import { recordOnPlatform } from "../platform-log";
import { type ActingOperator, operatorIn } from "../tiers/tenant-life";
import { type IsolationDto, isolationDtoSchema, requestMoveSchema } from "./contract";

const inTenant = z.object({ tenantId: z.uuid() });
const MOVES = 5;

/** Where the tenant's data are, and its last moves. */
export async function readIsolation(operator: ActingOperator, given: { tenantId: string }): Promise<IsolationDto> {
  const { tenantId } = parseInput(inTenant, given);
  await operatorIn(operator, tenantId);
  return withDirectory(tenantId, read);
}

/** Asks the maintenance worker to move the tenant; answers at once. */
export async function requestMove(
  operator: ActingOperator,
  given: { tenantId: string; level: string },
): Promise<IsolationDto> {
  const { tenantId, level } = parseInput(inTenant.extend(requestMoveSchema.shape), given);
  const { tenantSlug } = await operatorIn(operator, tenantId);
  const asked = await withDirectory(tenantId, async (tx) => {
    await tx.$executeRaw`INSERT INTO tenant_places (tenant_id) VALUES (${tenantId}::uuid) ON CONFLICT DO NOTHING`;
    const place = await tx.tenantPlace.findUniqueOrThrow({ where: { tenantId } });
    if (place.level === level) throw new AppError("conflict", `The tenant is at the level ${level} already.`);
    if (level === "dedicated-cluster") await refuseSharedTargets(tx, tenantId);
    const added = await tx.$executeRaw`
      INSERT INTO tenant_moves (id, tenant_id, wanted, requested_by, requested_at)
      VALUES (${randomUUID()}::uuid, ${tenantId}::uuid, ${level}, ${operator.personId}, now())
      ON CONFLICT (tenant_id) WHERE state IN ('requested', 'copying') DO NOTHING`;
    if (added === 0) throw new AppError("conflict", "The tenant is being moved already. Wait until that move ended.");
    return read(tx);
  });
  const about = { tenant: tenantId, slug: tenantSlug, level };
  await recordOnPlatform("TenantMoveRequested", about, { actor: operator.personId, requestId: operator.requestId });
  return asked;
}

/** Told now, and looked at again when it is switched. */
async function refuseSharedTargets(tx: Transaction, tenantId: string): Promise<void> {
  const [first] = await tx.$queryRaw<{ claimed_value: string }[]>`
    SELECT claimed_value FROM shared_targets_of(${tenantId}::uuid)`;
  if (!first) return;
  throw new AppError(
    "conflict",
    `Another tenant publishes to ${first.claimed_value} too. At this level no target is shared.`,
    { taken: first.claimed_value },
  );
}

async function read(tx: Transaction): Promise<IsolationDto> {
  const place = await tx.tenantPlace.findFirst();
  const moves = await tx.tenantMove.findMany({ orderBy: { requestedAt: "desc" }, take: MOVES });
  const names = await namesOf(
    tx,
    moves.map(({ requestedBy }) => requestedBy),
  );
  return isolationDtoSchema.parse({
    level: place?.level ?? "shared",
    generation: place?.generation ?? 1,
    moves: moves.map(({ requestedBy, requestedAt, finishedAt, ...move }) => ({
      ...move,
      requestedBy: names[requestedBy] ?? null,
      requestedAt: requestedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    })),
  });
}
