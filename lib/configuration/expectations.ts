import { z } from "zod";
import { type Expectation, readExpectations } from "@/lib/alertmanager";
import { staleVersion } from "@/lib/audit";
import type { Prisma, Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type CommandTools, command, grantsOf, query, type StreamDefinition } from "@/lib/tenancy";
import { isExpectationWithin } from "@/lib/tenancy/grants/covers/contract";
import {
  expectationSchema,
  type ImportedExpectations,
  importExpectationsSchema,
  type SavedExpectation,
} from "./contract";
import { nameLookup } from "./rows";

type ExpectationEvent =
  | {
      type: "ExpectationSaved";
      data: { expectation: string; name: string; before: Expectation | null; after: Expectation };
    }
  | { type: "ExpectationDeleted"; data: { expectation: string; name: string; before: Expectation } };

type Row = NonNullable<Awaited<ReturnType<Transaction["expectation"]["findFirst"]>>>;
type Tools = Pick<CommandTools, "tx" | "ctx" | "now">;

/** They run on every change, and are shown at once. */
const MOST = 2_000;

const stream: StreamDefinition<null, ExpectationEvent, unknown> = {
  type: "expectations",
  id: () => "expectations",
  initial: null,
  evolve: (state) => state,
  permit: refuseBeyondGrants,
  // Rows are written by the handlers, which look at them anyhow.
  project: async () => {},
};

/** By name. */
export const listExpectations = query(
  { name: "list-expectations", permission: "configuration:view", input: z.object({}) },
  async (tx): Promise<SavedExpectation[]> => {
    const rows = await tx.expectation.findMany({ orderBy: { name: "asc" } });
    const nameOf = await nameLookup(
      tx,
      rows.map(({ savedBy }) => savedBy),
    );
    return rows.map((row) => ({ ...dtoOf(row), savedBy: nameOf(row.savedBy) }));
  },
);

export const addExpectation = command(
  { name: "add-expectation", permission: "configuration:edit", input: expectationSchema, stream },
  async (_state, after, { tx, ctx, now, newId }) => {
    await refuseTaken(tx, after.name);
    if ((await tx.expectation.count()) >= MOST) throw tooMany();
    return written(await write({ tx, ctx, now }, newId(), null, after), { tx, ctx, now });
  },
);

export const saveExpectation = command(
  {
    name: "save-expectation",
    permission: "configuration:edit",
    input: z.object({ id: z.uuid(), version: z.number().int(), expectation: expectationSchema }),
    stream,
  },
  async (_state, { id, version, expectation }, { tx, ctx, now }) => {
    const row = await find(tx, id);
    if (row.version !== version) throw staleVersion(row.version);
    if (row.name !== expectation.name) await refuseTaken(tx, expectation.name);
    return written(await write({ tx, ctx, now }, id, row, expectation), { tx, ctx, now });
  },
);

export const deleteExpectation = command(
  { name: "delete-expectation", permission: "configuration:edit", input: z.object({ id: z.uuid() }), stream },
  async (_state, { id }, { tx }) => {
    const row = await find(tx, id);
    await tx.expectation.delete({ where: { id } });
    const data = { expectation: id, name: row.name, before: bodyOf(row) };
    const event: ExpectationEvent = { type: "ExpectationDeleted", data };
    return { events: [event], result: undefined };
  },
);

/** Those of the same name are replaced, the others stay. */
export const importExpectations = command(
  { name: "import-expectations", permission: "configuration:edit", input: importExpectationsSchema, stream },
  async (_state, { yaml }, { tx, ctx, now, newId }) => {
    const { expectations, problem } = readExpectations(yaml);
    if (!expectations) {
      throw new AppError("invalid_input", `Line ${problem.line} is no expectation that can be read.`, { problem });
    }
    const known = new Map((await tx.expectation.findMany()).map((row) => [row.name, row]));
    const added = expectations.filter(({ name }) => !known.has(name)).length;
    if (known.size + added > MOST) throw tooMany();
    const events: ExpectationEvent[] = [];
    for (const expectation of expectations) {
      const before = known.get(expectation.name) ?? null;
      const { event } = await write({ tx, ctx, now }, before?.id ?? newId(), before, expectation);
      if (event) events.push(event);
    }
    const result: ImportedExpectations = { added, replaced: events.length - added };
    return { events, result };
  },
);

/** What a change is held against. */
export async function expectationsOf(tx: Transaction): Promise<Expectation[]> {
  return (await tx.expectation.findMany({ orderBy: { name: "asc" } })).map(bodyOf);
}

async function refuseBeyondGrants(
  _before: null,
  _after: null,
  events: readonly ExpectationEvent[],
  { directory, ctx }: CommandTools,
): Promise<void> {
  const grants = await grantsOf(directory, ctx);
  if (!grants) return;
  const outside = events
    .filter(({ type, data }) => {
      const sides = [data.before, type === "ExpectationSaved" ? data.after : null];
      return sides.some((side) => side && !isExpectationWithin(grants, side));
    })
    .map(({ data: { name } }) => `expectation ${name}`);
  if (outside.length === 0) return;
  throw new AppError(
    "forbidden",
    "This expectation is about more than the receivers that you may change. An admin sets what that is.",
    { reason: "beyond_grants", outside },
  );
}

async function find(tx: Transaction, id: string): Promise<Row> {
  const row = await tx.expectation.findUnique({ where: { id } });
  if (!row) throw new AppError("not_found", "There is no such expectation.");
  return row;
}

async function refuseTaken(tx: Transaction, name: string): Promise<void> {
  if ((await tx.expectation.count({ where: { name } })) === 0) return;
  throw new AppError("conflict", `There is an expectation ${JSON.stringify(name)} already. Choose another name.`);
}

function tooMany(): AppError {
  return new AppError("conflict", `There are ${MOST} expectations at most. Delete some first.`);
}

async function write({ tx, ctx, now }: Tools, id: string, row: Row | null, after: Expectation) {
  const before = row && bodyOf(row);
  if (row && JSON.stringify(before) === JSON.stringify(after)) return { row, event: null };
  const data = {
    version: (row?.version ?? 0) + 1,
    name: after.name,
    body: after as unknown as Prisma.InputJsonValue,
    savedBy: ctx.actor.id,
    savedAt: now,
  };
  const next = row
    ? await tx.expectation.update({ where: { id }, data })
    : await tx.expectation.create({ data: { id, tenantId: ctx.tenantId, ...data } });
  const event: ExpectationEvent = {
    type: "ExpectationSaved",
    data: { expectation: id, name: after.name, before, after },
  };
  return { row: next, event };
}

async function written({ row, event }: { row: Row; event: ExpectationEvent | null }, { tx }: Tools) {
  const nameOf = await nameLookup(tx, [row.savedBy]);
  const result: SavedExpectation = { ...dtoOf(row), savedBy: nameOf(row.savedBy) };
  return { events: event ? [event] : [], result };
}

function bodyOf({ body }: Row): Expectation {
  // Only `write` above fills the column.
  return body as unknown as Expectation;
}

function dtoOf(row: Row): Omit<SavedExpectation, "savedBy"> {
  return { id: row.id, version: row.version, expectation: bodyOf(row), savedAt: row.savedAt.toISOString() };
}
