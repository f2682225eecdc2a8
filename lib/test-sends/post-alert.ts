import { randomUUID } from "node:crypto";
import { z } from "zod";
import { compileRoutes } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { type OpenTarget, openTargets, postAlertsAt } from "@/lib/targets";
import { parseInput, query, type TenantContext } from "@/lib/tenancy";
import { type PostedAlertDto, postAlertInputSchema } from "./contract";
import { labelsFor, receiversOf } from "./labels-for";
import { limitTests } from "./limits";
import { savedDocument } from "./load";
import { markedPhases } from "./mark";
import { recordPosted, startTest } from "./record";
import { receiverIn } from "./single";

/** Long enough for a group's first wait, short enough not to stay. */
const LIVES_MS = 5 * 60_000;

/**
 * Posts an alert to the Alertmanager that runs, so that its own routes bring it to the receiver: what is tried is what is live.
 * Only where an operator allowed it for the target.
 */
export async function postAlert(
  ctx: TenantContext,
  given: z.input<typeof postAlertInputSchema>,
): Promise<PostedAlertDto> {
  const input = parseInput(postAlertInputSchema, given);
  await mayPost(ctx, {});
  const { config } = await savedDocument(ctx, null);
  const receiver = receiverIn({ config, templates: [], source: null }, input.receiverId);
  const target = await allowedTarget(ctx, input.targetId);
  await limitTests(ctx);
  const routes = compileRoutes(config, target.profile);
  const now = new Date();
  const sample = input.labels ? [{ labels: input.labels, annotations: {} }] : undefined;
  const [[alert] = []] = markedPhases(sample, "firing", now);
  const labels = labelsFor(routes, receiver.name, alert?.labels ?? {});
  if (!labels)
    throw new AppError(
      "invalid_input",
      `No route to ${receiver.name} is reached like that. Say the labels of an alert that is routed there.`,
    );
  const testId = randomUUID();
  const about = { testId, receiver: receiver.name };
  await startTest(ctx, { ...about, changeId: null, case: "firing", integrations: [`through ${target.name}`] });
  const endsAt = new Date(now.getTime() + LIVES_MS).toISOString();
  const posted = { labels, annotations: alert?.annotations ?? {}, startsAt: now.toISOString(), endsAt };
  const replicas = await postAlertsAt(target, [posted]);
  const taken = replicas.filter(({ ok }) => ok).length;
  await recordPosted(ctx, { ...about, target: target.name, taken, replicas: replicas.length });
  return { target: target.name, receivers: receiversOf(routes, labels), labels, endsAt, replicas };
}

const mayPost = query(
  { name: "may-post-alert", permission: "configuration:edit", input: z.object({}) },
  async () => true,
);

async function allowedTarget(ctx: TenantContext, id: string): Promise<OpenTarget> {
  const target = (await openTargets(ctx.tenantId)).find((one) => one.id === id);
  if (!target) throw new AppError("not_found", "There is no such target.");
  if (!target.allowsTestAlerts)
    throw new AppError("forbidden", `Nobody allowed test alerts at ${target.name}. An operator of Signalbox can.`);
  return target;
}
