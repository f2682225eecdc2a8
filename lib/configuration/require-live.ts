import { z } from "zod";
import { AppError } from "@/lib/errors";
import { defaultTemplatesOf, targetProfilesFor } from "@/lib/targets";
import { query, requireStepUp, type TenantContext } from "@/lib/tenancy";
import { judges, refuseErrors } from "./create-revision";
import { judgeDocument } from "./judge-document";
import { findLive, frozenDocument, secretFacts } from "./rows";

const input = z.object({ number: z.number().int().positive() });

const run = query(
  {
    name: "require-live",
    permission: "configuration:publish",
    input: input.extend(judges),
  },
  async (tx, { number, profiles, templates }, { tenantId }) => {
    const live = await findLive(tx, tenantId);
    if (live?.number !== number)
      throw new AppError("conflict", "Only what is live can be published again. Restore this revision in a change.", {
        live: live?.number ?? null,
      });
    const document = frozenDocument(live);
    const secrets = await secretFacts(tx, tenantId, document);
    for (const profile of profiles) {
      refuseErrors(await judgeDocument(document, secrets, profile, { defaults: templates.get(profile) }), profile);
    }
  },
);

/** Refuses unless this revision is live and today's targets, of which some may be new or older, would take it. */
export async function requireLive(ctx: TenantContext, given: z.input<typeof input>): Promise<void> {
  requireStepUp(ctx.session);
  const profiles = await targetProfilesFor(ctx);
  await run(ctx, { ...given, profiles, templates: await defaultTemplatesOf(profiles) });
}
