import { z } from "zod";
import { withDirectory, withTenant } from "@/lib/database";
import { command, systemContext } from "@/lib/tenancy";
import { changeStream } from "../change-stream";
import { OPEN_STATUSES } from "../contract";
import { releaseReviewers } from "./decider";
import { reviewersAmong } from "./people";
import { policyOf } from "./policy";
import { tellOf } from "./tell";

const release = command(
  {
    name: "release-reviewers",
    permission: "configuration:edit",
    input: z.object({ id: z.uuid() }),
    stream: changeStream,
    inAnyState: true,
  },
  async (state, _input, tools) => {
    const { tx, directory, ctx } = tools;
    const may = (await reviewersAmong(directory, ctx.tenantId)).map(({ id }) => id);
    const usual = (await policyOf(tx, ctx.tenantId)).reviewers.filter((id) => may.includes(id));
    const events = releaseReviewers(state, { may, instead: usual.length > 0 ? usual : may });
    await tellOf(tools, state, events);
    return { events, result: undefined };
  },
);

/** Nobody waits for somebody who left, or whose role does not include it any more. May be repeated. */
export async function releaseReviewersOf(tenantId: string, changeId: string): Promise<void> {
  await release(await systemContext(tenantId, `reviewers of ${changeId}`), { id: changeId });
}

/** Open changes of one tenant for whose review somebody was asked who may not review there (any more). */
export async function reviewsWithoutReviewers(tenantId: string): Promise<string[]> {
  const may = new Set((await withDirectory(tenantId, (tx) => reviewersAmong(tx, tenantId))).map(({ id }) => id));
  return withTenant(tenantId, async (tx) => {
    const asked = await tx.changeReview.findMany({ where: { tenantId, requestedBy: { not: null } } });
    const lost = asked.filter(({ reviewers }) => reviewers.some((id) => !may.has(id)));
    const open = await tx.change.findMany({
      where: { id: { in: lost.map(({ changeId }) => changeId) }, status: { in: [...OPEN_STATUSES] } },
      select: { id: true },
    });
    return open.map(({ id }) => id);
  });
}
