import { z } from "zod";
import type { ConfigDocument } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { countTargets, defaultTemplatesOf, targetProfilesFor } from "@/lib/targets";
import { query, type TenantContext } from "@/lib/tenancy";
import { OPEN_STATUSES, type TenantSummary } from "./contract";
import { countProblems } from "./count-problems";
import { countRoutes } from "./import-configuration";
import { liveDocument } from "./queries";
import { documentOf, findLive, secretFacts } from "./rows";

const OPEN = { in: [...OPEN_STATUSES] };

const facts = query(
  { name: "tenant-summary", permission: "configuration:view", input: z.object({}) },
  async (tx, _input, { tenantId }) => {
    const live = await findLive(tx, tenantId);
    const open = await tx.change.findMany({ where: { tenantId, status: OPEN }, select: { id: true } });
    const document = await documentInWork(tx, tenantId);
    const targets = await countTargets(tx, tenantId);
    return { live, open: open.length, document, targets, secrets: await secretFacts(tx, tenantId, document) };
  },
);

/** Counts and problems are those of the newest open change, which the editor opens, else of what is live. */
export async function tenantSummary(ctx: TenantContext): Promise<TenantSummary> {
  const { live, open, document, targets, secrets } = await facts(ctx, {});
  const { config, templates } = document;
  const profiles = await targetProfilesFor(ctx);
  const problems = await countProblems(document, secrets, profiles, await defaultTemplatesOf(profiles));
  const count = (list: unknown) => (Array.isArray(list) ? list.length : 0);
  return {
    id: ctx.tenantId,
    slug: ctx.tenantSlug,
    name: ctx.tenantName,
    counts: {
      receivers: count(config.receivers),
      routes: countRoutes(config.route),
      inhibitRules: count(config.inhibit_rules),
      timeIntervals: count(config.time_intervals) + count(config.mute_time_intervals),
      templates: templates.length,
      changes: open,
      targets,
    },
    live: live?.publishedAt ? { revision: live.number, publishedAt: live.publishedAt.toISOString() } : null,
    problems,
  };
}

async function documentInWork(tx: Transaction, tenantId: string): Promise<ConfigDocument> {
  const newest = await tx.change.findFirst({ where: { tenantId, status: OPEN }, orderBy: { number: "desc" } });
  return newest ? documentOf(newest) : (await liveDocument(tx, tenantId)).document;
}
