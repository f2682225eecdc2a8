"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { Path } from "@/lib/alertmanager";

let edited: Path | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** `data-path` on the elements around the cursor says which field it is in. */
function note({ target }: FocusEvent): void {
  const text = target instanceof Element ? target.closest<HTMLElement>("[data-path]")?.dataset.path : undefined;
  if (text === undefined || text === JSON.stringify(edited)) return;
  edited = JSON.parse(text) as Path;
  for (const listener of listeners) listener();
}

/** The field in which the cursor is or was last. */
export function useEditedPath(): Path | null {
  useEffect(() => {
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => edited,
    () => null,
  );
}
