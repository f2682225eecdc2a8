import { z } from "zod";
import { command } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { publish, reopen } from "./decider";
import { tellOf } from "./review/tell";

/**
 * What became of a revision. Published: it is what is live. Not: its change is a draft again, for another try.
 * May be repeated: the second time nothing happens.
 */
export const recordOutcome = command(
  {
    name: "record-outcome",
    permission: "configuration:publish",
    input: z.object({
      id: z.uuid(),
      revision: z.number().int().positive(),
      published: z.boolean(),
      reason: z.string().max(500).default(""),
    }),
    stream: changeStream,
    // A publication that is under way ends, whatever becomes of the tenant meanwhile.
    inAnyState: true,
  },
  async (state, { revision, published, reason }, tools) => {
    const events = published ? publish(state, revision) : reopen(state, revision, reason);
    await tellOf(tools, state, events);
    return { events, result: undefined };
  },
);
