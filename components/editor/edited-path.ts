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

function note(text: string): void {
  if (text === JSON.stringify(edited)) return;
  edited = JSON.parse(text) as Path;
  for (const listener of listeners) listener();
}

/** `data-path` on the elements around the cursor says which field it is in. */
function noteFocus({ target }: FocusEvent): void {
  const text = target instanceof Element ? target.closest<HTMLElement>("[data-path]")?.dataset.path : undefined;
  if (text !== undefined) note(text);
}

/** What a page or an opened form is about, until the cursor is in one of its fields. */
export function useShownPath(path: Path): void {
  const text = JSON.stringify(path);
  useEffect(() => note(text), [text]);
}

/** The field in which the cursor is or was last. */
export function useEditedPath(): Path | null {
  useEffect(() => {
    document.addEventListener("focusin", noteFocus);
    return () => document.removeEventListener("focusin", noteFocus);
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => edited,
    () => null,
  );
}
