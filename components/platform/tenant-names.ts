"use client";

import { useQueries } from "@tanstack/react-query";
import { tenantsQuery } from "./queries";

const AT_ONCE = 200;

/** Names of tenants by id; one that is not known yet, or no more, is the beginning of its id. */
export function useTenantNames(ids: readonly string[]): (id: string) => string {
  const wanted = [...new Set(ids)].sort();
  const parts = Array.from({ length: Math.ceil(wanted.length / AT_ONCE) }, (_, part) =>
    wanted.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );
  const answers = useQueries({ queries: parts.map((part) => tenantsQuery({ ids: part, size: AT_ONCE })) });
  const names = new Map(answers.flatMap(({ data }) => data?.tenants.map(({ id, name }) => [id, name] as const) ?? []));
  return (id) => names.get(id) ?? id.slice(0, 8);
}
