import { z } from "zod";
import { command } from "@/lib/tenancy";
import { TEST_CASES, TEST_OUTCOMES, testRequestDtoSchema, testResultDtoSchema } from "./contract";

type TestEvent =
  | {
      type: "TestStarted";
      data: { subject: string; receiver: string; case: string; integrations: string[]; changeId: string | null };
    }
  | {
      type: "TestSent";
      data: { subject: string; receiver: string; integration: string; outcome: string; requests: number };
    }
  | {
      type: "TestAlertPosted";
      data: { subject: string; receiver: string; target: string; taken: number; replicas: number };
    };

// The rows are written by the handlers: there is nothing to fold.
const stream = {
  type: "test",
  id: ({ testId }: { testId: string }) => testId,
  initial: null,
  evolve: (state: null, _event: TestEvent) => state,
  project: async () => {},
};

const permission = "configuration:edit";
const about = { testId: z.uuid(), receiver: z.string() };

/** Before anything leaves: a test that killed the process is known all the same. */
export const startTest = command(
  {
    name: "start-test",
    permission,
    input: z.object({
      ...about,
      changeId: z.uuid().nullable(),
      case: z.enum(TEST_CASES),
      integrations: z.array(z.string()),
    }),
    stream,
  },
  (_state, { testId: _id, receiver, ...rest }) => ({
    events: [{ type: "TestStarted", data: { subject: receiver, receiver, ...rest } } satisfies TestEvent],
    result: undefined,
  }),
);

const rowSchema = testResultDtoSchema.omit({ sentBy: true, sentAt: true, testId: true }).extend({
  outcome: z.enum(TEST_OUTCOMES),
  requests: z.array(testRequestDtoSchema),
});

export const recordTest = command(
  {
    name: "record-test",
    permission,
    input: z.object({
      ...about,
      changeId: z.uuid().nullable(),
      receiverId: z.string(),
      profile: z.string(),
      results: z.array(rowSchema),
    }),
    stream,
    // What was sent is known, whatever became of the tenant meanwhile.
    inAnyState: true,
  },
  async (_state, { testId, receiver, receiverId, changeId, profile, results }, { tx, ctx, now }) => {
    const { tenantId, actor } = ctx;
    const events = results.map(({ key, index, outcome, requests }) => {
      const integration = `${key}[${index}]`;
      const data = {
        subject: `${receiver} · ${integration}`,
        receiver,
        integration,
        outcome,
        requests: requests.length,
      };
      return { type: "TestSent", data } satisfies TestEvent;
    });
    for (const { id, key, index, requests, ...row } of results) {
      await tx.testSend.create({
        data: {
          id,
          tenantId,
          testId,
          changeId,
          receiverId,
          receiver,
          integration: key,
          position: index,
          case: row.case,
          outcome: row.outcome,
          note: row.note,
          durationMs: row.durationMs,
          profile,
          requests,
          sentBy: actor.id,
          sentAt: now,
        },
      });
    }
    return { events, result: now };
  },
);

export const recordPosted = command(
  {
    name: "record-posted-alert",
    permission,
    input: z.object({ ...about, target: z.string(), taken: z.number().int(), replicas: z.number().int() }),
    stream,
    inAnyState: true,
  },
  (_state, { testId: _id, receiver, target, ...rest }) => {
    const data = { subject: `${receiver} · ${target}`, receiver, target, ...rest };
    return { events: [{ type: "TestAlertPosted", data } satisfies TestEvent], result: undefined };
  },
);
