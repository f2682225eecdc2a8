import { z } from "zod";
import { append, lockLog, readStream } from "@/lib/audit";
import { tenantsElsewhere, withPlatform, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { releaseTargets } from "./claims";
import { type OperatorTargetDto, operatorTargetDtoSchema } from "./contract";
import type { Operator } from "./operator";
import { findTargets, kindOf } from "./store";

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

const authTypeSchema = z.object({ type: z.string() });
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
  const shared = targets.map((target) => ({ ...target, injectedMatchers: known.get(target.id) ?? [] }));
  const elsewhere: OperatorTargetDto[] = [];
  for (const tenantId of await tenantsElsewhere()) elsewhere.push(...(await targetsOf(tenantId)));
  return [...shared, ...elsewhere].sort((left, right) => left.createdAt.localeCompare(right.createdAt));
}

/** The same of one tenant, which may have a schema or a database of its own. */
async function targetsOf(tenantId: string): Promise<OperatorTargetDto[]> {
  const targets = await withTenant(tenantId, findTargets);
  return targets.map((target) => ({
    id: target.id,
    tenantId,
    name: target.name,
    kind: kindOf(target),
    createdAt: target.createdAt.toISOString(),
    injectedMatchers: target.injectedMatchers,
    places: target.places.flatMap((place): OperatorTargetDto["places"] => {
      const replicas = target.replicas.filter(({ placeId }) => placeId === place.id);
      const { path } = place;
      if (replicas.length === 0) return [{ replica: target.name, path, url: null, auth: "none" }];
      return replicas.map(({ name, url, auth }) => ({
        replica: name,
        path,
        url,
        auth: authTypeSchema.parse(auth).type,
      }));
    }),
  }));
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
  await releaseTargets(tenantId);
}
