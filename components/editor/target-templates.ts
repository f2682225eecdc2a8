"use client";

import { type QueryClient, useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import type { TemplateFile } from "@/lib/alertmanager";
import { useTenant } from "../http/tenant-context";
import { useEditor } from "./change-context";
import { type TenantPlace, templatesQuery } from "./queries";
import type { DefaultsByProfile } from "./worker-protocol";

type Files = readonly TemplateFile[] | undefined;

/** Profiles without files are left out: ours take their place. */
function byProfile(profiles: readonly string[], files: readonly Files[]): DefaultsByProfile {
  return Object.fromEntries(
    profiles.flatMap((profile, index) => {
      const known = files[index];
      return known && known.length > 0 ? [[profile, known] as const] : [];
    }),
  );
}

/** Gives the worker what the targets' versions bring along, as soon as it is there. */
export function useTargetTemplates(): void {
  const tenant = useTenant();
  const { worker, analyser, profiles } = useEditor();
  const defaults = useQueries({
    queries: profiles.map((profile) => templatesQuery(tenant, profile)),
    combine: (answers) =>
      byProfile(
        profiles,
        answers.map(({ data }) => data),
      ),
  });
  useEffect(() => {
    const before = worker.defaults();
    worker.provide(defaults);
    if (worker.defaults() !== before) analyser.judgeFor([...profiles]);
  }, [worker, analyser, profiles, defaults]);
}

/** The same for who waits for it. What cannot be read is left out: nobody's review waits for it. */
export async function loadTargetTemplates(
  client: QueryClient,
  tenant: TenantPlace,
  profiles: readonly string[],
): Promise<DefaultsByProfile> {
  const files = profiles.map((profile) => client.fetchQuery(templatesQuery(tenant, profile)).catch(() => []));
  return byProfile(profiles, await Promise.all(files));
}
