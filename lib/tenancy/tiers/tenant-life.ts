import { z } from "zod";
import { readStream } from "@/lib/audit";
import { withDirectory, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type CommandOptions, command, parseInput } from "../command";
import { systemContext, type TenantContext } from "../context";
import { recordOnPlatform } from "../platform-log";
import {
  deleteTenantSchema,
  editTenantSchema,
  overridesSchema,
  suspendTenantSchema,
  type TenantFacts,
  tierNameSchema,
} from "./contract";
import { forgetPlans, planOf } from "./plan-of";
import { type TenantEvent, type TenantLife, tenantStream } from "./tenant-stream";

/** Who runs this installation; every verb here refuses everybody else. */
export interface ActingOperator {
  personId: string;
  isOperator: boolean;
  requestId: string;
}

const DAY_MS = 86_400_000;
const inTenant = z.object({ tenantId: z.uuid() });

function verb<Schema extends typeof inTenant>(
  name: string,
  input: Schema,
  decide: (life: TenantLife, given: z.output<Schema>, ctx: TenantContext, now: Date) => TenantEvent[],
) {
  const run = command(
    { name, permission: "tenant:settings", input, stream: tenantStream, inAnyState: true },
    (life, given, { ctx, now }) => {
      const events = decide(life, given, ctx, now);
      return { events, result: events };
    },
  );
  return async (operator: ActingOperator, given: z.input<Schema>, options?: CommandOptions): Promise<TenantFacts> => {
    const { tenantId } = parseInput(inTenant, given);
    const ctx = await operatorIn(operator, tenantId);
    for (const { type, data } of await run(ctx, given, options)) {
      const about = { tenant: tenantId, slug: ctx.tenantSlug, ...data };
      await recordOnPlatform(type, about, { actor: operator.personId, requestId: operator.requestId });
    }
    forgetPlans();
    return tenantFacts(operator, tenantId);
  };
}

/** An operator in a tenant that they need not belong to. */
export async function operatorIn(operator: ActingOperator, tenantId: string): Promise<TenantContext> {
  if (!operator.isOperator) throw new AppError("forbidden", "Only operators of this installation may do this.");
  const ctx = await systemContext(tenantId, operator.requestId);
  return { ...ctx, actor: { type: "person", id: operator.personId } };
}

/** What a tenant has: its tier, and what is different for it alone. */
export const editTenant = verb("edit-tenant", inTenant.extend(editTenantSchema.shape), (life, { tier, overrides }) => {
  requireAlive(life);
  const events: TenantEvent[] = [];
  if (tier !== life.tier) events.push({ type: "TenantTierChanged", data: { before: life.tier, after: tier } });
  if (JSON.stringify(overrides) !== JSON.stringify(life.overrides)) {
    events.push({ type: "TenantOverridesChanged", data: { before: life.overrides, after: overrides } });
  }
  return events;
});

/** All can be read, nothing changed, published or sent, until it is resumed. */
export const suspendTenant = verb("suspend-tenant", inTenant.extend(suspendTenantSchema.shape), (life, { reason }) => {
  requireAlive(life);
  if (life.state === "suspended" && life.reason === reason) return [];
  return [{ type: "TenantSuspended", data: { reason } }];
});

export const resumeTenant = verb("resume-tenant", inTenant, (life) => {
  requireAlive(life);
  return life.state === "active" ? [] : [{ type: "TenantResumed", data: {} }];
});

/** For everybody in it, it is gone; for so many days it can be brought back. */
export const deleteTenant = verb(
  "delete-tenant",
  inTenant.extend(deleteTenantSchema.shape),
  (life, { slug, withoutExport }, { tenantSlug }, now) => {
    if (life.state === "deleted") return [];
    if (slug !== tenantSlug) {
      throw new AppError("invalid_input", `Type the address of the tenant, ${tenantSlug}, to delete it.`);
    }
    if (life.exports === 0 && !withoutExport) {
      throw new AppError("conflict", "This tenant was never exported. Export it first, or say that it needs none.");
    }
    const purgeAfter = new Date(now.getTime() + env().TENANT_GRACE_DAYS * DAY_MS).toISOString();
    return [{ type: "TenantDeleted", data: { deletedAt: now.toISOString(), purgeAfter } }];
  },
);

/** Within the grace; it comes back suspended, so that somebody looks before anything is published. */
export const restoreTenant = verb("restore-tenant", inTenant, (life) =>
  life.state === "deleted" ? [{ type: "TenantRestored", data: {} }] : [],
);

/** Recorded before anything is handed out. */
export const recordExport = verb("export-tenant", inTenant, () => [{ type: "TenantExported", data: {} }]);

function requireAlive({ state }: TenantLife): void {
  if (state === "deleted") throw new AppError("conflict", "This tenant is deleted. Restore it first.");
}

export async function tenantFacts(operator: ActingOperator, tenantId: string): Promise<TenantFacts> {
  const ctx = await operatorIn(operator, tenantId);
  const row = await withDirectory(tenantId, (tx) => tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }));
  const log = await withTenant(tenantId, (tx) => readStream(tx, tenantId, { type: "tenant", id: tenantId }));
  return {
    id: tenantId,
    slug: ctx.tenantSlug,
    name: ctx.tenantName,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
    tier: tierNameSchema.parse(row.tierName),
    overrides: overridesSchema.parse(row.overrides),
    plan: await planOf(tenantId),
    deletedAt: row.deletedAt?.toISOString() ?? null,
    purgeAfter: row.purgeAfter?.toISOString() ?? null,
    exportedAt: log.findLast(({ type }) => type === "TenantExported")?.at.toISOString() ?? null,
  };
}
