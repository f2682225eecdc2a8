import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useMemo } from "react";
import type { Config } from "@/lib/alertmanager";
import { DEFAULT_PROFILE_ID } from "@/lib/alertmanager/profiles";
import { firingsQuery } from "../alert-history/queries";
import { targetsQuery } from "../editor/queries";
import { useTenant } from "../http/tenant-context";
import { BehaviourClient } from "./behaviour-client";
import { type Judges, judgesOf } from "./judges-of";
import type { BehaviourReport } from "./report";

export const DAYS = 7;

/** One worker for each tenant. */
const clients = new WeakMap<QueryClient, Map<string, BehaviourClient>>();

function clientOf(queries: QueryClient, slug: string): BehaviourClient {
  const known = clients.get(queries) ?? new Map<string, BehaviourClient>();
  clients.set(queries, known);
  const client = known.get(slug) ?? new BehaviourClient();
  known.set(slug, client);
  return client;
}

let numbered = 0;
const numbers = new WeakMap<object, number>();

/** Tells objects apart in a key without writing them out. */
function numberOf(object: object | undefined): number {
  if (!object) return 0;
  const number = numbers.get(object) ?? ++numbered;
  numbers.set(object, number);
  return number;
}

export type Behaviour = {
  report: BehaviourReport | undefined;
  /** The targets as which alerts were routed, and the others that route otherwise. */
  judges: Judges;
  /** The history holds more than was compared. */
  truncated: boolean;
  error: Error | null;
  retry: () => void;
};

type BehaviourOptions = {
  /** What is compared, in a word; the last numbers of the same stand until there are new ones. */
  scope: string;
  detailed: boolean;
  enabled?: boolean;
};

/** What changes for the alerts of the last days, as one of the tenant's targets routes; compared in a worker. */
export function useBehaviour(
  before: Config | undefined,
  after: Config | undefined,
  { scope, detailed, enabled = true }: BehaviourOptions,
): Behaviour {
  const tenant = useTenant();
  const queries = useQueryClient();
  const wanted = enabled && before?.route !== undefined && after?.route !== undefined;
  const firings = useQuery({ ...firingsQuery(tenant, DAYS), enabled: wanted });
  const targets = useQuery({ ...targetsQuery(tenant), enabled: wanted });
  const [asked, setAsked] = useQueryState("as", { defaultValue: "" });
  const known = useMemo(() => judgesOf(targets.data ?? [], asked), [targets.data, asked]);
  const profile = known.profile ?? DEFAULT_PROFILE_ID;
  const about = [numberOf(before), numberOf(after), numberOf(firings.data), profile, detailed];
  const compared = useQuery({
    queryKey: ["tenant", tenant.slug, "behaviour", scope, ...about],
    queryFn: () => {
      if (!before || !after || !firings.data) throw new Error("asked too early");
      return clientOf(queries, tenant.slug).compare({ before, after, profile, firings: firings.data, detailed });
    },
    enabled: wanted && firings.data !== undefined && !targets.isPending,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    structuralSharing: false,
    placeholderData: (last, query) => (query?.queryKey[3] === scope ? last : undefined),
  });
  return {
    judges: { ...known, choose: (next) => void setAsked(next) },
    report: wanted ? compared.data : undefined,
    truncated: firings.data?.truncated ?? false,
    error: firings.error ?? compared.error,
    retry: () => void (firings.error ? firings.refetch() : compared.refetch()),
  };
}
