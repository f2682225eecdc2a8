import { z } from "zod";
import { importConfiguration, readRevision } from "@/lib/configuration";
import type { ImportResult } from "@/lib/configuration/contract";
import { AppError } from "@/lib/errors";
import { openText } from "@/lib/secrets";
import { listPlaces, templateFoldersOf } from "@/lib/targets";
import { query, type TenantContext } from "@/lib/tenancy";
import { purposeOfBefore } from "./database-journal";

const replacedBy = query(
  { name: "replaced-by", permission: "configuration:edit", input: z.object({ id: z.uuid() }) },
  async (tx, { id }, { tenantId }) => {
    const publication = await tx.publication.findUnique({ where: { id } });
    if (!publication) throw new AppError("not_found", "There is no such publication.");
    const step = await tx.publicationStep.findFirst({
      where: { publicationId: id, step: "prepare", sealedBefore: { not: null } },
      orderBy: { position: "asc" },
    });
    if (!step?.sealedBefore) throw new AppError("not_found", "There was no file before this publication.");
    const before = await tx.publication.findFirst({
      where: { status: { in: ["verified", "unverified"] }, requestedAt: { lt: publication.requestedAt } },
      orderBy: { requestedAt: "desc" },
    });
    const templates = before ? (await readRevision(tx, tenantId, before.revision)).document.templates : [];
    const yaml = await openText(tx, tenantId, purposeOfBefore(id, step.subjectId), step.sealedBefore);
    return { yaml, templates, placeId: step.subjectId, target: step.targetName, revision: publication.revision };
  },
);

/**
 * A change that holds the file that this publication replaced, to be reviewed and published like any other: unchanged, it
 * brings back the very bytes. For a first publication there is no earlier revision to restore.
 */
export async function bringBack(ctx: TenantContext, id: string): Promise<ImportResult> {
  const { yaml, templates, placeId, target, revision } = await replacedBy(ctx, { id });
  const place = (await listPlaces(ctx.tenantId)).find((known) => known.id === placeId);
  const title = `What revision ${revision} replaced at ${target}`.slice(0, 160);
  const file = { templateFolders: place ? templateFoldersOf(place.path) : "" };
  return importConfiguration(ctx, { yaml, templates: [...templates], title }, place ? file : undefined);
}
