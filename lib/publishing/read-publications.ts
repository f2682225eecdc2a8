import { z } from "zod";
import { query, type TenantContext } from "@/lib/tenancy";
import type { PublicationDto } from "./contract";
import { getDto, listDtos } from "./publication-dto";

const list = query(
  {
    name: "list-publications",
    permission: "configuration:view",
    input: z.object({ limit: z.number().int().min(1).max(200) }),
  },
  async (tx, { limit }) => listDtos(tx, limit),
);
const one = query(
  { name: "get-publication", permission: "configuration:view", input: z.object({ id: z.uuid() }) },
  async (tx, { id }) => getDto(tx, id),
);

/** Newest first. */
export function listPublications(ctx: TenantContext, limit = 50): Promise<PublicationDto[]> {
  return list(ctx, { limit });
}

export function getPublication(ctx: TenantContext, id: string): Promise<PublicationDto> {
  return one(ctx, { id });
}
