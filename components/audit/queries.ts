import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { eventChangesSchema } from "@/lib/configuration/audit/contract";
import { type AuditFilter, auditPageSchema } from "@/lib/tenancy/audit/contract";
import type { eventProofSchema } from "@/lib/transparency/contract";
import { api } from "../http/api";
import type { LogSource } from "./log-source";

const PAGE = 100;

export function searchParams(filter: Record<string, string | number | undefined>): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

/** Newest first; the next page is what lies before where the last one ended. */
export function auditQuery({ key, endpoint }: LogSource, filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: [...key, filter],
    queryFn: ({ pageParam, signal }) =>
      api(endpoint(searchParams({ ...filter, limit: PAGE, before: pageParam ?? undefined })), {
        schema: auditPageSchema,
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** What an event did to a configuration; it never changes any more. */
export function eventChangesQuery({ key, endpoint }: LogSource, position: number) {
  return queryOptions({
    queryKey: [...key, "changes", position],
    queryFn: ({ signal }) =>
      api(endpoint(`/changes${searchParams({ position })}`), { schema: eventChangesSchema, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type EventProof = z.infer<typeof eventProofSchema>;

export function fetchProof({ endpoint }: LogSource, position: number): Promise<EventProof> {
  return api(endpoint(`/proof${searchParams({ position })}`), {
    schema: async () => (await import("@/lib/transparency/contract")).eventProofSchema,
  });
}
