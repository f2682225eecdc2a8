"use client";

import { useSyncExternalStore } from "react";
import { useEditor } from "./change-context";

/** How often alerts of the last days fired on a route; null as long as nobody knows. Drawn anew only when it changes. */
export function useRouteCount(id: string): number | null {
  const { analyser } = useEditor();
  const read = () => {
    const { counts } = analyser.state().analysis;
    return counts && (counts[id] ?? 0);
  };
  return useSyncExternalStore(analyser.subscribe, read, read);
}
