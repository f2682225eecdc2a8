import {
  type Config,
  type ConfigDocument,
  isSecretRef,
  type Receiver,
  type TemplateFile,
  visitSecrets,
} from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { factsFor } from "@/lib/secrets";
import { namesOf } from "@/lib/tenancy";
import type { ChangeDto, ChangeSummary, RevisionSummary } from "./contract";
import { waitingFor } from "./review/waiting-for";
import { findUnread } from "./unread-source";

export type ChangeRow = NonNullable<Awaited<ReturnType<Transaction["change"]["findUnique"]>>>;
export type RevisionRow = NonNullable<Awaited<ReturnType<Transaction["revision"]["findUnique"]>>>;

export async function findChange(tx: Transaction, id: string): Promise<ChangeRow> {
  const row = await tx.change.findUnique({ where: { id } });
  if (!row) throw new AppError("not_found", "There is no such change.");
  return row;
}

export async function findRevision(tx: Transaction, tenantId: string, number: number): Promise<RevisionRow> {
  const row = await tx.revision.findUnique({ where: { tenantId_number: { tenantId, number } } });
  if (!row) throw new AppError("not_found", "There is no such revision.");
  return row;
}

/** What was published last; null before the first publication. */
export async function findLive(tx: Transaction, tenantId: string): Promise<RevisionRow | null> {
  return tx.revision.findFirst({
    where: { tenantId, publishedAt: { not: null } },
    orderBy: [{ publishedAt: "desc" }, { number: "desc" }],
  });
}

export function documentOf(row: ChangeRow): ConfigDocument {
  // Only this room's commands write these columns, from a ConfigDocument.
  return {
    config: row.config as unknown as Config,
    templates: row.templates as unknown as TemplateFile[],
    source: row.source,
  };
}

export function frozenDocument(row: RevisionRow): ConfigDocument {
  if (row.document === null) {
    throw new AppError(
      "not_found",
      `The content of revision ${row.number} is no longer kept: this tenant's tier keeps the newest revisions only.`,
      { revision: row.number },
    );
  }
  return row.document as unknown as ConfigDocument;
}

/** A draft may hold anything there, so look at an item with `?.`; no list at all is none. */
export function receiversOf({ receivers }: Config): Receiver[] {
  return Array.isArray(receivers) ? receivers : [];
}

export function secretRefsOf({ config }: Pick<ConfigDocument, "config">): string[] {
  const refs = new Set<string>();
  visitSecrets(config, (_path, value) => {
    if (isSecretRef(value)) refs.add(value);
  });
  return [...refs].sort();
}

export type NameOf = (id: string) => string;

/** Names of people by their opaque ids; who was erased stays an id. */
export async function nameLookup(tx: Transaction, ids: readonly string[]): Promise<NameOf> {
  const names = await namesOf(tx, ids);
  return (id) => names[id] ?? id;
}

/** What may be known of the document's secrets, with the names of those who set them. */
export async function secretFacts(tx: Transaction, tenantId: string, document: ConfigDocument) {
  const facts = await factsFor(tx, tenantId, secretRefsOf(document));
  const setBy = Object.values(facts).map((fact) => fact.setBy);
  return named(facts, await nameLookup(tx, setBy));
}

function named(facts: Awaited<ReturnType<typeof factsFor>>, nameOf: NameOf) {
  return Object.fromEntries(
    Object.entries(facts).map(([ref, { setBy, ...rest }]) => [ref, { ...rest, setBy: nameOf(setBy) }]),
  );
}

export function changeSummary(row: RowWithoutDocument, nameOf: NameOf, waitsForMe: boolean): ChangeSummary {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    status: row.status as ChangeSummary["status"],
    version: row.version,
    baseRevision: row.baseRevision,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    createdBy: nameOf(row.createdBy),
    updatedAt: row.updatedAt.toISOString(),
    waitsForMe,
  };
}

const DOCUMENT = { config: true, templates: true, source: true } as const;

/** For whoever has the document already, who just wrote it. */
export async function changeWith(tx: Transaction, id: string, document: ConfigDocument, reader: string) {
  const row = await tx.change.findUniqueOrThrow({ where: { id }, omit: DOCUMENT });
  return dtoOf(tx, row, document, reader);
}

export function changeDto(tx: Transaction, row: ChangeRow, reader: string): Promise<ChangeDto> {
  return dtoOf(tx, row, documentOf(row), reader);
}

type RowWithoutDocument = Omit<ChangeRow, keyof typeof DOCUMENT>;

async function dtoOf(
  tx: Transaction,
  row: RowWithoutDocument,
  document: ConfigDocument,
  reader: string,
): Promise<ChangeDto> {
  const unread = await findUnread(tx, row.tenantId, row.id, reader);
  const facts = await factsFor(tx, row.tenantId, secretRefsOf(document));
  const setBy = Object.values(facts).map((fact) => fact.setBy);
  const nameOf = await nameLookup(tx, [row.createdBy, ...unread.map(({ by }) => by), ...setBy]);
  return {
    ...changeSummary(row, nameOf, (await waitingFor(tx, reader, row.id)).has(row.id)),
    document,
    secrets: named(facts, nameOf),
    unread: unread.map((kept) => ({ ...kept, by: nameOf(kept.by) })),
  };
}

export function revisionSummary(
  row: Omit<RevisionRow, "document">,
  live: number | null,
  nameOf: NameOf,
): RevisionSummary {
  return {
    number: row.number,
    changeId: row.changeId,
    title: row.title,
    comment: row.comment,
    sha256: row.sha256,
    createdAt: row.createdAt.toISOString(),
    createdBy: nameOf(row.createdBy),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    live: row.number === live,
  };
}
