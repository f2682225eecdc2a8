import { z } from "zod";
import { AppError } from "@/lib/errors";
import { hashOf } from "./erase-person";

const hex = z.string().regex(/^[0-9a-f]+$/);
/** Who was erased, as nobody can read but whoever has their id. */
const tombstoneSchema = z.object({ salt: hex, hash: hex });
export type Tombstone = z.infer<typeof tombstoneSchema>;

/** A line of an export of the installation's log; only erasures concern us. */
const logLineSchema = z.union([
  z.object({ event: z.object({ type: z.string(), data: z.unknown() }).nullable() }),
  z.object({ checkpoint: z.string() }),
]);

/** Reads a list of erasures: what `person erasures` prints, receipts, or an export of the installation's log. */
export function parseErasures(text: string): Tombstone[] {
  const whole = parsed(text);
  // A receipt as it is saved, on many lines.
  if (whole !== undefined) return (Array.isArray(whole) ? whole : [whole]).flatMap((value) => read(value, 1));
  return text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : read(parsed(line), index + 1)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function read(value: unknown, line: number): Tombstone[] {
  const { data: logged } = logLineSchema.safeParse(value);
  const event = logged && "event" in logged ? logged.event : undefined;
  if (logged && event?.type !== "PersonErased") return [];
  const { data: tombstone } = tombstoneSchema.safeParse(event ? event.data : value);
  if (!tombstone) throw new AppError("invalid_input", `Line ${line} of the list is no erasure, and nothing of a log.`);
  return [tombstone];
}

/** Those of these people whom the list says were erased, each with what says so. */
export function erasedAmong(
  personIds: readonly string[],
  list: readonly Tombstone[],
): (Tombstone & { personId: string })[] {
  // Each has a salt of its own, so there is no shorter way.
  const salts = list.map(({ salt }) => Buffer.from(salt, "hex"));
  return personIds.flatMap((personId) => {
    const at = list.findIndex(({ hash }, index) => hashOf(salts[index]!, personId).toString("hex") === hash);
    return at < 0 ? [] : [{ ...list[at]!, personId }];
  });
}
