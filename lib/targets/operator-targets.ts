import { z } from "zod";
import { append, lockLog, readStream } from "@/lib/audit";
import { withPlatform, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type OperatorTargetDto, operatorTargetDtoSchema } from "./contract";
import type { Operator } from "./operator";

const rowSchema = z
  .object({
    target_id: z.string(),
    target_tenant_id: z.string(),
    target_name: z.string(),
    target_kind: z.string(),
    target_created_at: z.date(),
    target_places: z.unknown(),
  })
  .transform((row) => ({
    id: row.target_id,
    tenantId: row.target_tenant_id,
    name: row.target_name,
    kind: row.target_kind,
    createdAt: row.target_created_at.toISOString(),
    injectedMatchers: [] as string[],
    places: row.target_places,
  }))
  .pipe(operatorTargetDtoSchema);

const injectedSchema = z.object({ target_id: z.string(), injected_matchers: z.array(z.string()) });

/** Every tenant's targets, for the operators of the installation; the caller has made sure that it is one. */
export async function listAllTargets(): Promise<OperatorTargetDto[]> {
  const [rows, injected] = await withPlatform(async (tx) => [
    await tx.$queryRaw<unknown[]>`SELECT * FROM list_all_targets()`,
    await tx.$queryRaw<unknown[]>`SELECT * FROM list_injected_matchers()`,
  ]);
  const known = new Map(
    z
      .array(injectedSchema)
      .parse(injected)
      .map((row) => [row.target_id, row.injected_matchers]),
  );
  const targets = z.array(rowSchema).parse(rows);
  return targets.map((target) => ({ ...target, injectedMatchers: known.get(target.id) ?? [] }));
}

export async function findOperatorTarget(id: string): Promise<OperatorTargetDto> {
  const found = (await listAllTargets()).find((candidate) => candidate.id === id);
  if (!found) throw new AppError("not_found", "There is no such target.");
  return found;
}

/** Forgets the target; the files that were published stay, for somebody may run by them. */
export async function deleteTarget(operator: Operator, id: string): Promise<void> {
  const { tenantId, name } = await findOperatorTarget(id);
  await withTenant(tenantId, async (tx) => {
    await tx.target.delete({ where: { id } });
    await lockLog(tx, tenantId);
    const stream = { type: "target", id };
    const version = (await readStream(tx, tenantId, stream)).length;
    const author = { tenantId, actor: operator.id, requestId: operator.requestId };
    await append(tx, author, stream, version, [{ type: "TargetRemoved", data: { name } }], new Date());
  });
}
