import { z } from "zod";
import { INTEGRATION_KEYS } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { namesOf, query } from "@/lib/tenancy";
import {
  TEST_CASES,
  TEST_OUTCOMES,
  type TestResultDto,
  testHistoryQuerySchema,
  testRequestDtoSchema,
} from "./contract";

const permission = "configuration:view";
const MOST = 50;

type Row = NonNullable<Awaited<ReturnType<Transaction["testSend"]["findFirst"]>>>;

/** The last tests of a receiver, newest first. */
export const listTests = query(
  { name: "list-tests", permission, input: testHistoryQuerySchema },
  async (tx, { receiverId }, { tenantId }) =>
    dtos(
      tx,
      await tx.testSend.findMany({
        where: { tenantId, receiverId },
        orderBy: [{ sentAt: "desc" }, { id: "asc" }],
        take: MOST,
      }),
    ),
);

export const readTest = query(
  { name: "read-test", permission, input: z.object({ testId: z.uuid() }) },
  async (tx, { testId }, { tenantId }) => {
    const all = await dtos(tx, await tx.testSend.findMany({ where: { tenantId, testId } }));
    const order = ({ key, index }: TestResultDto) => INTEGRATION_KEYS.indexOf(key) * 10_000 + index;
    return all.sort((left, right) => order(left) - order(right));
  },
);

async function dtos(tx: Transaction, rows: readonly Row[]): Promise<TestResultDto[]> {
  const names = await namesOf(tx, [...new Set(rows.map(({ sentBy }) => sentBy))]);
  return rows.map((row) => ({
    id: row.id,
    testId: row.testId,
    receiver: row.receiver,
    key: z.enum(INTEGRATION_KEYS).parse(row.integration),
    index: row.position,
    case: z.enum(TEST_CASES).parse(row.case),
    outcome: z.enum(TEST_OUTCOMES).parse(row.outcome),
    note: row.note,
    durationMs: row.durationMs,
    requests: z.array(testRequestDtoSchema).parse(row.requests),
    sentBy: names[row.sentBy] ?? row.sentBy,
    sentAt: row.sentAt.toISOString(),
  }));
}
