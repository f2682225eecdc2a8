import { z } from "zod";
import { command } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { publish, reopen } from "./decider";

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
  },
  (state, { revision, published, reason }) => ({
    events: published ? publish(state, revision) : reopen(state, revision, reason),
    result: undefined,
  }),
);
