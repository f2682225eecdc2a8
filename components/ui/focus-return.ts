import { type RefObject, useRef } from "react";

/**
 * For the content of a dialog that something else than its own trigger opens, a shortcut or a button that was there
 * before it: the focus goes back to where it was, or to `otherwise` when that is gone by then.
 */
export function useFocusReturn(otherwise?: RefObject<HTMLElement | null>) {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      const left = before.current;
      const known = left instanceof HTMLElement && left.isConnected && left !== document.body;
      const target = known ? left : otherwise?.current;
      if (!target) return;
      event.preventDefault();
      target.focus();
    },
  };
}
