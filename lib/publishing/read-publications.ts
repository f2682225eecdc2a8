import { z } from "zod";
import { query, type TenantContext } from "@/lib/tenancy";
import type { PublicationDto } from "./contract";
import { findPublication, findPublications, toDto } from "./publication-dto";

const list = query(
  { permission: "configuration:view", input: z.object({ limit: z.number().int().min(1).max(200) }) },
  async (tx, { limit }) => (await findPublications(tx, limit)).map(toDto),
);
const one = query({ permission: "configuration:view", input: z.object({ id: z.uuid() }) }, async (tx, { id }) =>
  toDto(await findPublication(tx, id)),
);

/** Newest first. */
export function listPublications(ctx: TenantContext, limit = 50): Promise<PublicationDto[]> {
  return list(ctx, { limit });
}

export function getPublication(ctx: TenantContext, id: string): Promise<PublicationDto> {
  return one(ctx, { id });
}
