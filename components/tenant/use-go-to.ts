"use client";

import { useEffect } from "react";

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=textbox], .cm-editor") !== null;
}

/** `g` and then a letter within a second. Never while somebody types, and never inside a dialog or a menu. */
export function useGoTo(go: (letter: string) => boolean): void {
  useEffect(() => {
    let armed: ReturnType<typeof setTimeout> | undefined;
    const disarm = () => {
      clearTimeout(armed);
      armed = undefined;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return disarm();
      if (document.querySelector("[role=dialog], [role=menu], [role=alertdialog]")) return disarm();
      if (armed !== undefined) {
        disarm();
        if (go(event.key)) event.preventDefault();
      } else if (event.key === "g") {
        armed = setTimeout(disarm, 1000);
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => {
      disarm();
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [go]);
}
