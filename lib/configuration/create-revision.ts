import { createHash } from "node:crypto";
import { z } from "zod";
import {
  type ConfigDocument,
  checkExpectations,
  type Diagnostic,
  type Expectation,
  renderConfig,
  type TargetProfile,
} from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type DefaultTemplates, defaultTemplatesOf, targetProfilesFor } from "@/lib/targets";
import { type CommandOptions, command, query, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { freeze, requireDraft } from "./decider";
import { expectationsOf } from "./expectations";
import { judgeDocument } from "./judge-document";
import { ontoLiveUnlessConflict } from "./rebase";
import { documentOf, findChange, secretFacts, secretRefsOf } from "./rows";
import { refuseUnread } from "./unread-source";

const given = z.object({ changeId: z.uuid(), comment: z.string().max(2000).default("") });
/** By whom a document is judged, found out before a transaction is opened. */
export const judges = {
  profiles: z.custom<readonly TargetProfile[]>(),
  templates: z.custom<DefaultTemplates>(),
};
const input = z.object({ id: z.uuid(), comment: z.string(), ...judges });

const run = command(
  { name: "create-revision", permission: "configuration:publish", input, stream: changeStream },
  async (before, { id, comment, profiles, templates }, { tx, ctx }) => {
    requireDraft(before);
    const { state, events } = await ontoLiveUnlessConflict(tx, ctx.tenantId, before);
    const { document } = state;
    await refuseUnread(tx, ctx.tenantId, id);
    const secrets = await secretFacts(tx, ctx.tenantId, document);
    const secretRefs = secretRefsOf(document);
    const gone = secretRefs.filter((ref) => !Object.hasOwn(secrets, ref));
    if (gone.length > 0) {
      throw new AppError("not_found", "The configuration names secrets that are not there. Enter them anew.", {
        refs: gone,
      });
    }
    const expectations = await expectationsOf(tx);
    for (const profile of profiles) {
      refuseErrors(await judgeDocument(document, secrets, profile, { defaults: templates.get(profile) }), profile);
      refuseBroken(document, expectations, profile);
    }
    const revision = await nextRevisionNumber(tx, ctx.tenantId);
    const freezing = { revision, sha256: hashOf(document), comment, secretRefs, frozenBy: ctx.actor.id };
    return { events: [...events, ...freeze(state, freezing)], result: { revision } };
  },
);

const draft = query(
  { name: "create-revision-draft", permission: "configuration:publish", input: z.object({ id: z.uuid() }) },
  async (tx, { id }, { tenantId }) => {
    const document = documentOf(await findChange(tx, id));
    return { document, secrets: await secretFacts(tx, tenantId, document) };
  },
);

/** Freezes a change that has no error for any of the tenant's targets; what is published is this, never the draft. */
export async function createRevision(
  ctx: TenantContext,
  raw: z.input<typeof given>,
  options: CommandOptions = {},
): Promise<{ revision: number }> {
  const { changeId, comment } = given.parse(raw);
  const profiles = await targetProfilesFor(ctx);
  const templates = await defaultTemplatesOf(profiles);
  // Looking at all notifications takes its time, which no transaction should: it remembers what was found here.
  const { document, secrets } = await draft(ctx, { id: changeId });
  for (const profile of profiles) {
    await judgeDocument(document, secrets, profile, { defaults: templates.get(profile) });
  }
  return run(ctx, { id: changeId, comment, profiles, templates }, options);
}

export function refuseErrors(diagnostics: readonly Diagnostic[], profile: TargetProfile): void {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const what = errors.length === 1 ? "1 problem" : `${errors.length} problems`;
  throw new AppError("has_error_diagnostics", `${profile.id} would refuse this configuration: ${what} to repair.`, {
    profile: profile.id,
    diagnostics: errors,
  });
}

/** An expectation that does not hold is an error as any other, but lies nowhere in the document. */
function refuseBroken({ config }: ConfigDocument, expectations: readonly Expectation[], profile: TargetProfile): void {
  const broken = checkExpectations(config, profile, expectations).filter(({ ok }) => !ok);
  if (broken.length === 0) return;
  const names = broken.slice(0, 3).map(({ expectation }) => JSON.stringify(expectation.name));
  const more = broken.length > names.length ? ` and ${broken.length - names.length} more` : "";
  throw new AppError(
    "has_error_diagnostics",
    `With ${profile.id} this would not stay true: ${names.join(", ")}${more}. Repair the routes, or change what is expected.`,
    {
      profile: profile.id,
      diagnostics: [],
      expectations: broken.map(({ expectation: { name }, receivers, reason }) => ({ name, receivers, reason })),
    },
  );
}

async function nextRevisionNumber(tx: Transaction, tenantId: string): Promise<number> {
  const last = await tx.revision.aggregate({ where: { tenantId }, _max: { number: true } });
  return (last._max.number ?? 0) + 1;
}

/** Over what is published: the text and the templates. */
function hashOf(document: ConfigDocument): string {
  const hash = createHash("sha256").update(renderConfig(document).yaml);
  for (const { name, content } of document.templates) hash.update(`\0${name}\0${content}`);
  return hash.digest("hex");
}
