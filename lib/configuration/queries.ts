import { z } from "zod";
import { type ConfigDocument, emptyDocument, renderConfig } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { query } from "@/lib/tenancy";
import type { ChangeDto, ChangeSummary, LiveDocument, RevisionDto, RevisionSummary } from "./contract";
import { waitingFor } from "./review/waiting-for";
import {
  changeDto,
  changeSummary,
  findChange,
  findLive,
  findRevision,
  frozenDocument,
  nameLookup,
  revisionSummary,
  secretFacts,
} from "./rows";

const permission = "configuration:view";
const nothing = z.object({});
const WITHOUT_DOCUMENT = { config: true, templates: true, source: true } as const;

export const listChanges = query(
  { name: "list-changes", permission, input: nothing },
  async (tx, _input, { tenantId, actor }): Promise<ChangeSummary[]> => {
    const rows = await tx.change.findMany({
      where: { tenantId },
      orderBy: { number: "desc" },
      omit: WITHOUT_DOCUMENT,
      take: 500,
    });
    const nameOf = await nameLookup(
      tx,
      rows.map(({ createdBy }) => createdBy),
    );
    const waiting = await waitingFor(tx, actor.id);
    return rows.map((row) => changeSummary(row, nameOf, waiting.has(row.id)));
  },
);

export const getChange = query(
  { name: "get-change", permission, input: z.object({ id: z.uuid() }) },
  async (tx, { id }, { actor }): Promise<ChangeDto> => changeDto(tx, await findChange(tx, id), actor.id),
);

export const listRevisions = query(
  { name: "list-revisions", permission, input: nothing },
  async (tx, _input, { tenantId }): Promise<RevisionSummary[]> => {
    const rows = await tx.revision.findMany({
      where: { tenantId },
      orderBy: { number: "desc" },
      omit: { document: true },
      take: 500,
    });
    const live = await findLive(tx, tenantId);
    const nameOf = await nameLookup(
      tx,
      rows.map(({ createdBy }) => createdBy),
    );
    return rows.map((row) => revisionSummary(row, live?.number ?? null, nameOf));
  },
);

export const getRevision = query(
  { name: "get-revision", permission, input: z.object({ number: z.coerce.number().int().positive() }) },
  async (tx, { number }, { tenantId }): Promise<RevisionDto> => {
    const row = await findRevision(tx, tenantId, number);
    const live = await findLive(tx, tenantId);
    const document = frozenDocument(row);
    return {
      ...revisionSummary(row, live?.number ?? null, await nameLookup(tx, [row.createdBy])),
      document,
      yaml: renderConfig(document).yaml,
      secrets: await secretFacts(tx, tenantId, document),
    };
  },
);

export const getLive = query(
  { name: "get-live", permission, input: nothing },
  (tx, _input, { tenantId }): Promise<LiveDocument> => liveDocument(tx, tenantId),
);

/** What the first change starts from: the smallest valid configuration, with the same ids at every call. */
export function startDocument(): ConfigDocument {
  let count = 0;
  return emptyDocument(() => `start-${++count}`);
}

export async function liveDocument(tx: Transaction, tenantId: string): Promise<LiveDocument> {
  const live = await findLive(tx, tenantId);
  const document = live ? frozenDocument(live) : startDocument();
  return {
    revision: live?.number ?? null,
    document,
    secrets: await secretFacts(tx, tenantId, document),
    version: live?.number ?? 0,
  };
}

/** What a publication sends: the frozen document, its secrets still references. */
export async function readRevision(tx: Transaction, tenantId: string, number: number) {
  const row = await findRevision(tx, tenantId, number);
  const { changeId, sha256, secretRefs, title, comment } = row;
  return { number, changeId, sha256, secretRefs, title, comment, document: frozenDocument(row) };
}
