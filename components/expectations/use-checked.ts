"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Config, DEFAULT_PROFILE_ID } from "@/lib/alertmanager";
import { expectationsQuery, targetsQuery } from "../editor/queries";
import { useTenant } from "../http/tenant-context";
import { type Checked, checkAll } from "./check-all";

/** The tenant's expectations held against a configuration for all its targets; `undefined` until they are known. */
export function useChecked(config: Config): Checked[] | undefined {
  const tenant = useTenant();
  const { data: list } = useQuery(expectationsQuery(tenant));
  const { data: targets } = useQuery(targetsQuery(tenant));
  const known = targets && [...new Set(targets.map(({ profile }) => profile))].sort().join();
  return useMemo(() => {
    if (!list || known === undefined) return undefined;
    return checkAll(config, known === "" ? [DEFAULT_PROFILE_ID] : known.split(","), list);
  }, [config, list, known]);
}
