import { type ConfigDocument, parseConfig } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { openText, sealText } from "@/lib/secrets";
import type { UnreadSource } from "./contract";
import type { ChangeEvent } from "./events";

/**
 * A text that cannot be read is kept as it was sent, beside the document and not in it: nobody can say where its secrets
 * are, so it is sealed as a whole, is no part of any event, and goes back to its author alone.
 */
interface Kept {
  line: number | null;
  text: string;
}

const purposeOf = (changeId: string, author: string) => `unread source|${changeId}|${author}`;

async function findKept(tx: Transaction, tenantId: string, changeId: string): Promise<(Kept & { author: string })[]> {
  const rows = await tx.unreadSource.findMany({ where: { tenantId, changeId }, orderBy: { author: "asc" } });
  const kept: (Kept & { author: string })[] = [];
  for (const { author, sealed } of rows) {
    const { line, text } = JSON.parse(await openText(tx, tenantId, purposeOf(changeId, author), sealed)) as Kept;
    kept.push({ author, line, text });
  }
  return kept;
}

/** With the text only where `reader` wrote it. */
export async function findUnread(
  tx: Transaction,
  tenantId: string,
  changeId: string,
  reader: string,
): Promise<UnreadSource[]> {
  const kept = await findKept(tx, tenantId, changeId);
  return kept.map(({ author, line, text }) => {
    const mine = author === reader;
    return { by: author, mine, line, bytes: Buffer.byteLength(text), text: mine ? text : null };
  });
}

/** Where YAML ends to be YAML; `undefined` when it can be read. */
function unreadableAt(text: string): { line: number | null } | undefined {
  const { config, diagnostics } = parseConfig(text, { newId: () => "" });
  return config === null ? { line: diagnostics[0]?.range?.start.line ?? null } : undefined;
}

interface Author {
  tenantId: string;
  changeId: string;
  author: string;
}

/**
 * What is saved of a document that was sent: where its text cannot be read, the text that stood there before stays, and
 * the sent one is kept aside until the same author sends one that can be.
 */
export async function setAsideUnread(
  tx: Transaction,
  at: Author,
  sent: ConfigDocument,
  stored: string | null,
): Promise<{ document: ConfigDocument; events: ChangeEvent[] }> {
  const { source } = sent;
  if (source === null || source === stored) return { document: sent, events: [] };
  const problem = unreadableAt(source);
  if (!problem) return { document: sent, events: await dropUnread(tx, at, "read") };
  const document = { ...sent, source: stored };
  const { tenantId, changeId, author } = at;
  const kept = await findKept(tx, tenantId, changeId);
  if (kept.some((other) => other.author === author && other.text === source)) return { document, events: [] };
  const text = JSON.stringify({ ...problem, text: source } satisfies Kept);
  const sealed = new Uint8Array(await sealText(tx, tenantId, purposeOf(changeId, author), text));
  await tx.unreadSource.upsert({
    where: { tenantId_changeId_author: at },
    create: { ...at, sealed },
    update: { sealed },
  });
  const data = { line: problem.line, bytes: Buffer.byteLength(source) };
  return { document, events: [{ type: "UnreadableSourceKept", data }] };
}

export async function dropUnread(
  tx: Transaction,
  at: Pick<Author, "tenantId" | "changeId"> & { author?: string },
  reason: "read" | "dropped",
): Promise<ChangeEvent[]> {
  const { count } = await tx.unreadSource.deleteMany({ where: at });
  return count === 0 ? [] : [{ type: "UnreadableSourceDropped", data: { reason } }];
}

export async function refuseUnread(tx: Transaction, tenantId: string, changeId: string): Promise<void> {
  const [kept] = await findKept(tx, tenantId, changeId);
  if (!kept) return;
  throw new AppError(
    "has_error_diagnostics",
    "A text was saved in this change that cannot be read as YAML. Repair or drop it, then publish.",
    { line: kept.line, diagnostics: [] },
  );
}
