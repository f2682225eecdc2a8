import { z } from "zod";
import type { Transaction } from "@/lib/database";
import { mailConfigured } from "@/lib/mail";
import { command, namesOf, query, type StreamDefinition, type TenantContext } from "@/lib/tenancy";
import {
  markReadInputSchema,
  type NoticeData,
  type NoticeDto,
  type NoticeList,
  type NoticePreference,
  noticePreferenceSchema,
} from "./contract";

const permission = "configuration:view";
const MOST = 50;

/** What was told to whoever asks, in this tenant; newest first. */
export const listNotices = query(
  { name: "list-notices", permission, directory: true, input: z.object({}) },
  async (directory, _input, { tenantId, actor }): Promise<NoticeList> => {
    const where = { tenantId, personId: actor.id };
    const unread = await directory.notice.count({ where: { ...where, readAt: null } });
    const rows = await directory.notice.findMany({ where, orderBy: [{ at: "desc" }, { id: "asc" }], take: MOST });
    return { unread, notices: await dtosOf(directory, rows) };
  },
);

type Row = Awaited<ReturnType<Transaction["notice"]["findMany"]>>[number];

async function dtosOf(directory: Transaction, rows: readonly Row[]): Promise<NoticeDto[]> {
  // Only `notify` writes the column.
  const told = rows.map((row) => ({ row, data: row.data as unknown as NoticeData }));
  const names = await namesOf(
    directory,
    told.flatMap(({ data }) => data.by ?? []),
  );
  return told.map(({ row, data }) => ({
    ...data,
    id: row.id,
    kind: row.kind as NoticeDto["kind"],
    byName: data.by === null ? null : (names[data.by] ?? data.by),
    at: row.at.toISOString(),
    read: row.readAt !== null,
  }));
}

/** To have read something is no event of the tenant: nothing is appended. */
const quiet: StreamDefinition<null, { type: "Quiet"; data: Record<string, never> }, unknown> = {
  type: "notices",
  directory: true,
  id: () => "notices",
  initial: null,
  evolve: (state) => state,
  project: async () => {},
};

const markRead = command(
  { name: "mark-notices-read", permission, input: markReadInputSchema, stream: quiet },
  async (_state, which, { directory, ctx, now }) => {
    const some = "ids" in which ? { id: { in: which.ids } } : {};
    await directory.notice.updateMany({
      where: { tenantId: ctx.tenantId, personId: ctx.actor.id, readAt: null, ...some },
      data: { readAt: now },
    });
    return { events: [], result: undefined };
  },
);

export async function markNoticesRead(ctx: TenantContext, input: z.input<typeof markReadInputSchema>) {
  await markRead(ctx, input);
  return listNotices(ctx, {});
}

export const getNoticePreference = query(
  { name: "get-notice-preference", permission, directory: true, input: z.object({}) },
  async (directory, _input, { tenantId, actor }) => {
    const row = await directory.noticePreference.findFirst({ where: { tenantId, personId: actor.id } });
    return { mail: row?.mail ?? true, mailPossible: mailConfigured() };
  },
);

const setPreference = command(
  { name: "set-notice-preference", permission, input: noticePreferenceSchema, stream: quiet },
  async (_state, { mail }, { directory, ctx }) => {
    const key = { tenantId: ctx.tenantId, personId: ctx.actor.id };
    await directory.noticePreference.upsert({
      where: { tenantId_personId: key },
      create: { ...key, mail },
      update: { mail },
    });
    return { events: [], result: undefined };
  },
);

export async function setNoticePreference(ctx: TenantContext, input: NoticePreference) {
  await setPreference(ctx, input);
  return getNoticePreference(ctx, {});
}
