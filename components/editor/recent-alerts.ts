"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Firings } from "@/lib/history/contract";
import { firingsQuery } from "../alert-history/queries";
import { useTenant } from "../http/tenant-context";
import { useEditor } from "./change-context";
import type { RecentAlert } from "./worker-protocol";

const DAYS = 7;

/** `firings` holds starts and ends in turn. */
export function recentAlerts({ sets }: Firings): readonly RecentAlert[] {
  return sets.map(({ labels, firings }) => ({ labels, count: Math.ceil(firings.length / 2) }));
}

/** Gives the worker what fired in the last days, as soon as it is known. Without it there are no counts, and nothing else is missing. */
export function useRecentAlerts(): void {
  const tenant = useTenant();
  const { worker, analyser, profiles } = useEditor();
  const { data } = useQuery(firingsQuery(tenant, DAYS));
  useEffect(() => {
    if (!data) return;
    worker.hear(recentAlerts(data));
    analyser.judgeFor([...profiles]);
  }, [worker, analyser, profiles, data]);
}
