import type { z } from "zod";
import { parseInput } from "@/lib/tenancy";

/** The body of a request as a verb takes it; none at all is an empty object. Throws `invalid_input`. */
export function bodyAs<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  return parseInput(schema, body ?? {});
}
