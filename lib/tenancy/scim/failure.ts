import type { z } from "zod";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { ScimType } from "./contract";

/** A refusal with the word that directories look for. */
export function scimFailure(code: ErrorCode, scimType: ScimType, message: string): AppError {
  return new AppError(code, message, { scimType });
}

export function parseScim<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const where = first?.path.length ? `${first.path.join(".")}: ` : "";
  throw scimFailure("invalid_input", "invalidValue", `${where}${first?.message ?? "not valid"}`);
}
