import { z } from "zod";
import { type FoundEvents, type LogSearch, recentKinds, searchLog, verifyLog } from "@/lib/audit";
import { directoryOf, type Transaction } from "@/lib/database";
import { type auditPageSchema, auditQuerySchema, namedTypes } from "./audit/contract";
import { PLATFORM_LOG, type TenantContext } from "./context";
import { namesOf } from "./people";
import { openPersonal } from "./personal-data/person-keys";
import { query } from "./query";

type AuditPage = z.infer<typeof auditPageSchema>;
type Asked = z.infer<typeof auditQuerySchema>;

const DAY_MS = 86_400_000;
const MOST_NAMED = 100;

const readEntries = query(
  { name: "readAudit", permission: "audit:view", input: auditQuerySchema },
  async (tx, asked, { tenantId }): Promise<AuditPage> => {
    const { before, limit } = asked;
    const found = await searchLog(tx, tenantId, await searchOf(tx, tenantId, asked), { before, limit });
    const kinds = before === undefined ? await recentKinds(tx, tenantId) : null;
    const names = await namesOf(tx, [...found.events.map(({ actor }) => actor), ...(kinds?.actors ?? [])]);
    return {
      ...pageOf(found, names),
      kinds: kinds && {
        actors: kinds.actors.map((id) => ({ id, name: names[id] ?? null })),
        nouns: kinds.streamTypes,
        types: kinds.types,
      },
    };
  },
);

function pageOf({ events, next }: FoundEvents, names: Record<string, string>): Omit<AuditPage, "kinds"> {
  const entries = events.map(({ at, ...event }) => ({
    ...event,
    at: at.toISOString(),
    actorName: names[event.actor] ?? null,
  }));
  return { entries, next };
}

export async function searchOf(tx: Transaction, tenantId: string, asked: Omit<Asked, "limit">): Promise<LogSearch> {
  const { q, named, actor, noun: streamType, type, from, to } = asked;
  const search = { actor, streamType, type, from: from ? new Date(from) : undefined, to: to ? endOf(to) : undefined };
  if (!q) return search;
  return { ...search, text: { words: q, types: namedTypes(named), actors: await actorsCalled(tx, tenantId, q) } };
}

const endOf = (given: string) => new Date(new Date(given).getTime() + (given.includes("T") ? 0 : DAY_MS));

/** Names stand outside of the log, so who is meant is found there. */
async function actorsCalled(tx: Transaction, tenantId: string, words: string): Promise<string[]> {
  const name = { contains: words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`), mode: "insensitive" as const };
  const directory = directoryOf(tx);
  if (tenantId === PLATFORM_LOG) {
    const people = await directory.person.findMany({ where: { name }, select: { id: true }, take: MOST_NAMED });
    return people.map(({ id }) => id);
  }
  const members = await directory.membership.findMany({
    where: { tenantId, person: { name } },
    select: { personId: true },
    take: MOST_NAMED,
  });
  return members.map(({ personId }) => personId);
}

/** Of somebody who was erased, `{ erased: id }` stands in the place of what they wrote. */
export async function readAudit(ctx: TenantContext, page: Parameters<typeof readEntries>[1]): Promise<AuditPage> {
  const found = await readEntries(ctx, page);
  return { ...found, entries: await openPersonal(ctx.tenantId, found.entries) };
}

export const verifyTenantLog = query(
  { name: "verifyTenantLog", permission: "audit:view", input: z.undefined() },
  (tx, _input, { tenantId }) => verifyLog(tx, tenantId),
);
