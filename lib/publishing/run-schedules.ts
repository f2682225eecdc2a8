import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { suspendAs } from "@/lib/configuration";
import type { Suspension } from "@/lib/configuration/review/contract";
import { withDirectory, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import { systemContext, type TenantContext } from "@/lib/tenancy";
import { can, roleSchema } from "@/lib/tenancy/contract";
import { claimSchedule } from "./claim-schedule";
import { requestPublication, resumeScheduled } from "./request-publication";

const LEASE_SECONDS = 30;
const AFTER_ERROR_MS = 2_000;
/** Later than that nobody expects it any more: it is suspended, and whoever planned it is told. */
const LATEST_MS = 6 * 3_600_000;

/**
 * Publishes what is due, with the rights that whoever scheduled it has now. A lease keeps others away; that it happens
 * once is the change's doing, which is frozen by its schedule once. Returns how to stop it.
 */
export function runSchedules(pollMs: number, onError: (error: unknown) => void): () => Promise<void> {
  const worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const stopping = new AbortController();
  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pause = pollMs;
      try {
        if (await runNext(worker)) continue;
      } catch (error) {
        onError(error);
        pause = Math.max(pollMs, AFTER_ERROR_MS);
      }
      await delay(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  }
  const running = loop();
  return async () => {
    stopping.abort();
    await running;
  };
}

async function runNext(worker: string): Promise<boolean> {
  const due = await claimSchedule(worker, LEASE_SECONDS);
  if (!due) return false;
  failpoint("schedule.claimed");
  const { changeId, tenantId } = due;
  const row = await withTenant(tenantId, (tx) => tx.changeSchedule.findUnique({ where: { changeId } }));
  if (row?.status === "pending") await begin(tenantId, row);
  else if (row?.status === "started") await resume(tenantId, row);
  return true;
}

/** In the name of whoever planned it, or of nobody when they left meanwhile: it was frozen with their rights. */
async function resume(tenantId: string, { changeId, scheduledBy }: Row): Promise<void> {
  const system = await systemContext(tenantId, `schedule ${changeId}`);
  await resumeScheduled((await contextOf(system, scheduledBy)) ?? system, changeId);
}

type Row = { changeId: string; scheduledBy: string; comment: string; publishAt: Date };

async function begin(tenantId: string, { changeId, scheduledBy, comment, publishAt }: Row): Promise<void> {
  const system = await systemContext(tenantId, `schedule ${changeId}`);
  const suspend = (reason: Suspension, detail = "") =>
    suspendAs(system, { id: changeId, reason, detail: detail.slice(0, 1_000) }).catch((error: unknown) => {
      // Cancelled or published by hand in this moment.
      if (!(error instanceof AppError)) throw error;
    });
  const ctx = await contextOf(system, scheduledBy);
  if (!ctx) return suspend("rights");
  if (Date.now() - publishAt.getTime() > LATEST_MS) return suspend("missed");
  if (await baseMoved(tenantId, changeId)) return suspend("base_moved");
  try {
    await requestPublication(ctx, { changeId, comment }, { scheduled: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Another publication of the tenant goes on: the lease runs out and this one is tried again.
    if (error.code === "conflict" && error.details.reason === undefined) return;
    if (error.code === "conflict" && error.details.reason === "not_due") return;
    await suspend(WHY[error.code] ?? "refused", error.message);
  }
}

const WHY: Readonly<Partial<Record<AppError["code"], Suspension>>> = {
  approval_needed: "approvals",
  publishing_frozen: "frozen",
  has_error_diagnostics: "tests",
  forbidden: "rights",
};

/** As the person who planned it, if they still may: somebody who left publishes nothing. */
async function contextOf(system: TenantContext, personId: string): Promise<TenantContext | null> {
  const { tenantId } = system;
  const membership = await withDirectory(tenantId, (tx) =>
    tx.membership.findUnique({ where: { tenantId_personId: { tenantId, personId } } }),
  );
  const role = roleSchema.safeParse(membership?.role);
  if (!role.success || !can(role.data, "configuration:publish")) return null;
  return { ...system, actor: { type: "person", id: personId }, role: role.data };
}

/** Something else was published since: what would go out is not what somebody planned. */
async function baseMoved(tenantId: string, changeId: string): Promise<boolean> {
  return withTenant(tenantId, async (tx) => {
    const change = await tx.change.findUnique({ where: { id: changeId }, select: { baseRevision: true } });
    const live = await tx.revision.findFirst({
      where: { publishedAt: { not: null } },
      orderBy: [{ publishedAt: "desc" }, { number: "desc" }],
      select: { number: true },
    });
    return change !== null && live !== null && change.baseRevision !== live.number;
  });
}
