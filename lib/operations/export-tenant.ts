import { renderConfig } from "@/lib/alertmanager";
import { getRevision, listChanges, listRevisions } from "@/lib/configuration";
import { AppError } from "@/lib/errors";
import {
  type ActingOperator,
  listMembers,
  operatorIn,
  readAudit,
  recordExport,
  type TenantContext,
} from "@/lib/tenancy";
import { type ZipEntry, zip } from "./zip";

const PAGE = 200;

/**
 * All that a tenant would miss, as a ZIP file: what it is, members, every revision as YAML and as a document, its log as JSON
 * lines. Secrets are in no export: they stand there as references.
 */
export async function exportTenant(
  operator: ActingOperator,
  tenantId: string,
): Promise<{ name: string; body: ReadableStream<Uint8Array<ArrayBuffer>> }> {
  const facts = await recordExport(operator, { tenantId });
  const ctx = await operatorIn(operator, tenantId);
  const at = new Date();
  const entries = entriesOf(ctx, JSON.stringify({ ...facts, exportedAt: at.toISOString() }, null, 2));
  return {
    name: `${ctx.tenantSlug}-${at.toISOString().slice(0, 10)}.zip`,
    body: streamOf(zip(entries, at)),
  };
}

/** Read as fast as whoever takes it. */
function streamOf(parts: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
}

async function* entriesOf(ctx: TenantContext, facts: string): AsyncGenerator<ZipEntry> {
  yield { name: "tenant.json", content: facts };
  yield { name: "members.json", content: JSON.stringify(await listMembers(ctx, undefined), null, 2) };
  yield { name: "changes.json", content: JSON.stringify(await listChanges(ctx, {}), null, 2) };
  const revisions = await listRevisions(ctx, {});
  yield { name: "revisions.json", content: JSON.stringify(revisions, null, 2) };
  for (const { number } of revisions) yield* revisionEntries(ctx, number);
  yield { name: "audit.jsonl", content: await auditLines(ctx) };
}

async function* revisionEntries(ctx: TenantContext, number: number): AsyncGenerator<ZipEntry> {
  const folder = `revisions/${String(number).padStart(5, "0")}`;
  try {
    const { document } = await getRevision(ctx, { number });
    yield { name: `${folder}/document.json`, content: JSON.stringify(document, null, 2) };
    yield { name: `${folder}/alertmanager.yml`, content: renderConfig(document).yaml };
    for (const { name, content } of document.templates) yield { name: `${folder}/templates/${name}`, content };
  } catch (error) {
    // Its content was given up; that it was there is in revisions.json.
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
  }
}

/** Newest last, as it was written. */
async function auditLines(ctx: TenantContext): Promise<string> {
  const lines: string[] = [];
  let before: number | undefined;
  do {
    const page = await readAudit(ctx, { limit: PAGE, ...(before === undefined ? {} : { before }) });
    lines.push(...page.entries.map((entry) => JSON.stringify(entry)));
    before = page.next ?? undefined;
  } while (before !== undefined);
  return lines.length === 0 ? "" : `${lines.reverse().join("\n")}\n`;
}
