"use client";

import { useEffect, useState, useSyncExternalStore } from "react";

let revealed = "";
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Opens every fold on the way to the field with this id, scrolls to it and puts the cursor in. */
export function reveal(id: string): void {
  revealed = id;
  for (const listener of listeners) listener();
  attempt(id, 0);
}

/** Folds open, and pages change, in later frames: the field is looked for until it is there. */
function attempt(id: string, frame: number): void {
  requestAnimationFrame(() => {
    const exact = document.getElementById(id);
    if (revealed !== id) return;
    if (exact || frame >= 90) focusField(id);
    else attempt(id, frame + 1);
  });
}

/** Without a field of exactly this id, the nearest one around it. */
function focusField(id: string): void {
  for (let name = id; name.length > 2; name = name.slice(0, Math.max(name.lastIndexOf("-"), 0))) {
    const element = document.getElementById(name);
    if (!element) continue;
    const focusable = "input,textarea,select,button,[tabindex]";
    element.scrollIntoView({ block: "center" });
    const control = element.matches(focusable) ? element : element.querySelector<HTMLElement>(focusable);
    control?.focus({ preventScroll: true });
    return;
  }
}

/** True while something inside the field or fold with this id is asked for. */
function useRevealed(id: string): boolean {
  const current = useSyncExternalStore(
    subscribe,
    () => revealed,
    () => "",
  );
  return current === id || current.startsWith(`${id}-`);
}

/** Whether a fold is open: as somebody left it, and when something inside it is asked for. */
export function useFold(id: string, startsOpen: boolean): [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(startsOpen);
  const asked = useRevealed(id);
  useEffect(() => {
    if (asked) setOpen(true);
  }, [asked]);
  return [open, setOpen];
}

export function useRevealedId(): string {
  return useSyncExternalStore(
    subscribe,
    () => revealed,
    () => "",
  );
}
