import { z } from "zod";

const position = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const size = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const hashes = z.array(z.string()).describe("Each hash in base64, from the leaf upwards");

const signed = {
  checkpoint: z.string().describe("C2SP tlog-checkpoint, signed by the log and by those witnesses that cosigned"),
  keys: z.array(z.string()).describe("The log's keys, as C2SP signed-note writes them"),
};

export const proofQuerySchema = z.object({
  position,
  size: size.optional().describe("Of a checkpoint that was signed; default: the newest"),
});

/** What `verifyEventProof` takes. */
export const eventProofSchema = z.object({
  position: z.number(),
  size: z.number(),
  leafHash: z.string(),
  event: z.string().nullable().describe("Canonical JSON; null where retention or erasure left the hash alone"),
  proof: hashes,
  ...signed,
});

export const growthQuerySchema = z.object({ from: size, to: size.optional() });

/** What `verifyConsistency` takes, with the checkpoint of `to`. */
export const growthProofSchema = z.object({ from: z.number(), to: z.number(), proof: hashes, ...signed });

export const tilePathSchema = z.object({ path: z.string().max(80) });

const day = z.iso.datetime({ offset: true }).or(z.iso.date());

export const exportQuerySchema = z.object({
  after: z.coerce.number().int().min(0).optional().describe("Events behind this position"),
  until: position.optional().describe("Events up to this position"),
  actor: z.string().max(200).optional(),
  noun: z.string().max(100).optional().describe("The kind of thing that the event is about: its stream's type"),
  from: day.optional(),
  to: day.optional(),
  since: size.optional().describe("With a proof that the log goes on from the checkpoint of this size"),
});

/** What `openRenewal` takes, the oldest first. */
export const renewalsSchema = z.object({
  renewals: z.array(
    z.object({
      size: z.number().describe("Of the log, up to which the keys before signed"),
      keys: z.array(z.string()).describe("The keys that sign from there on"),
      statement: z
        .string()
        .describe("Signed by the keys before: size and root, under a name that holds the hash of the next keys"),
    }),
  ),
});

/** The installation's keys by which logs are signed, the newest pair first. */
export const signingKeysSchema = z.object({
  pairs: z.array(
    z.object({
      madeAt: z.string(),
      keys: z.array(z.string()).describe("Name and id of each, as the installation's own log is signed by it"),
      signs: z.boolean().describe("False: its private half was destroyed"),
    }),
  ),
});

export const renewedSchema = signingKeysSchema.extend({
  made: z.boolean().describe("False: less than an hour ago some were made; only logs that were left went over to them"),
  logs: z.number().describe("That are signed by the newest keys now"),
  left: z.array(z.object({ tenantId: z.string(), code: z.string() })).describe("That could not be signed"),
});
