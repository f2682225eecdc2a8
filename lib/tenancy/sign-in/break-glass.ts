import { z } from "zod";
import { command, type StreamDefinition } from "../command";
import { systemContext } from "../context";
import type { LiveSession } from "../sessions";

type UseEvent = { type: "BreakGlassUsed"; data: { person: string } };

/** One stream per session, so that each sign-in is told of once. */
const useStream: StreamDefinition<{ told: boolean }, UseEvent, { sessionId: string }> = {
  type: "break-glass",
  directory: true,
  id: ({ sessionId }) => sessionId,
  initial: { told: false },
  evolve: () => ({ told: true }),
  project: async () => undefined,
};

const recordUse = command(
  {
    name: "recordBreakGlass",
    permission: "tenant:settings",
    inAnyState: true,
    input: z.object({ sessionId: z.uuid(), person: z.uuid() }),
    stream: useStream,
  },
  ({ told }, { person }) => ({
    events: told ? [] : [{ type: "BreakGlassUsed" as const, data: { person } }],
    result: undefined,
  }),
);

const MOST = 1000;
const seen = new Set<string>();

/** An event in the tenant's log for each session that comes in past its single sign-on. */
export async function recordBreakGlass(
  session: Pick<LiveSession, "id" | "personId">,
  tenantId: string,
  requestId: string,
): Promise<void> {
  const key = `${tenantId}|${session.id}`;
  if (seen.has(key)) return;
  const ctx = await systemContext(tenantId, requestId);
  const actor = { type: "person", id: session.personId } as const;
  await recordUse({ ...ctx, actor }, { sessionId: session.id, person: session.personId });
  if (seen.size >= MOST) seen.clear();
  seen.add(key);
}
