import { z } from "zod";
import { isolationSchema } from "../tiers/contract";

export const MOVE_STATES = ["requested", "copying", "switched", "done", "failed"] as const;

export const moveDtoSchema = z.object({
  wanted: isolationSchema,
  /** `switched`: the tenant is there; the old copy is removed after a while. */
  state: z.enum(MOVE_STATES),
  requestedBy: z.string().nullable(),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  attempts: z.int(),
  error: z.string().nullable(),
  /** The table that is being copied; then what was verified, and how long the tenant had to wait. */
  progress: z.object({
    table: z.string().optional(),
    rows: z.int().optional(),
    digest: z.string().optional(),
    pauseMs: z.int().optional(),
  }),
});

export const isolationDtoSchema = z.object({
  level: isolationSchema,
  /** One higher with each move. */
  generation: z.int(),
  /** The newest first. */
  moves: z.array(moveDtoSchema),
});
export type IsolationDto = z.infer<typeof isolationDtoSchema>;

export const requestMoveSchema = z.object({ level: isolationSchema });
