import { z } from "zod";
import {
  type Config,
  type ConfigDocument,
  lostPages,
  type Matcher,
  type PastAlerts,
  parseMatchers,
  type TargetProfile,
} from "@/lib/alertmanager";
import { pastFirings } from "@/lib/history";
import { targetProfilesFor } from "@/lib/targets";
import { query, type TenantContext } from "@/lib/tenancy";
import { liveDocument } from "../queries";
import { mergedOntoLive } from "../rebase";
import { documentOf, findChange } from "../rows";
import { contentOf } from "./content";
import type { LostPages, ReviewPolicy } from "./contract";
import { policyOf } from "./policy";

/** What a tenant's rules say about a change as it would be published, found out before a transaction is opened. */
export interface ReviewJudgement {
  /** Of what would be published: the change with all that was published meanwhile. */
  content: string;
  live: number | null;
  lostPages: LostPages | null;
}

export const judgementSchema = z.custom<ReviewJudgement>();

const look = query(
  { name: "judge-review", permission: "configuration:view", input: z.object({ id: z.uuid() }) },
  async (tx, { id }, { tenantId }) => {
    const row = await findChange(tx, id);
    const live = await liveDocument(tx, tenantId);
    const mine = { document: documentOf(row), baseRevision: row.baseRevision };
    const { document } = await mergedOntoLive(tx, tenantId, mine, live);
    return { policy: await policyOf(tx, tenantId), before: live, after: document };
  },
);

/** The days that pages look back, too. */
const DAYS = 7;

export async function judgeReview(ctx: TenantContext, given: { id: string }): Promise<ReviewJudgement> {
  const { policy, before, after } = await look(ctx, given);
  const content = contentOf(after);
  const asks = policy.pages.approvals > 0 && before.revision !== null;
  const lost = asks ? await pagesLost(ctx, { policy, before: before.document.config, after: after.config }) : null;
  return { content, live: before.revision, lostPages: lost };
}

interface Compared {
  policy: ReviewPolicy;
  before: Config;
  after: Config;
}

async function pagesLost(ctx: TenantContext, compared: Compared): Promise<LostPages> {
  const { sets } = await pastFirings(ctx, { days: DAYS });
  return worstOf(compared, await targetProfilesFor(ctx), sets);
}

/** By the target that loses most. */
export function worstOf(
  { policy: { pages }, before, after }: Compared,
  profiles: readonly TargetProfile[],
  history: readonly PastAlerts[],
): LostPages {
  const rules = { receivers: pages.receivers, matchers: pages.matchers.flatMap(parsed) };
  const found = profiles.map((profile) => lostPages(before, after, profile, rules, history));
  const [worst] = found.toSorted((one, other) => other.alerts - one.alerts);
  const samples = (worst?.samples ?? []).map(({ labels, from, to }) => ({ labels, from: [...from], to: [...to] }));
  const basis = history.length > 0 ? "history" : "witnesses";
  return { alerts: worst?.alerts ?? 0, basis, days: history.length > 0 ? DAYS : 0, samples };
}

function parsed(text: string): Matcher[] {
  const result = parseMatchers(text);
  return result.ok ? result.matchers : [];
}

/** How many approvals the rules ask for, and which rule asks for most. */
export function neededBy(policy: ReviewPolicy, lost: LostPages | null) {
  const always = policy.required ? policy.approvals : 0;
  const pages = lost && lost.alerts > 0 ? policy.pages.approvals : 0;
  const needed = Math.max(always, pages);
  return { needed, because: needed === 0 ? "none" : pages > always ? "pages" : "policy" } as const;
}

export function isSameDocument(judged: ReviewJudgement, document: ConfigDocument): boolean {
  return contentOf(document) === judged.content;
}
