"use client";

import { useMemo } from "react";
import { useTenant } from "../http/tenant-context";

/** Ids of the subtrees that the reader's limits leave to them; `null`: there are no limits. */
export function useGrantedRoutes(): ReadonlySet<string> | null {
  const { grants } = useTenant();
  return useMemo(() => (grants ? new Set(grants.routes.map(({ id }) => id)) : null), [grants]);
}
