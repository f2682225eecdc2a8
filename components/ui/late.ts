import { useSyncExternalStore } from "react";

export type Late<Part> = {
  /** Asks for it. Asking again costs nothing, and begins anew after a failure. */
  want: () => void;
  part: () => Part | null;
  subscribe: (changed: () => void) => () => void;
};

/**
 * A piece of the page that the first load does without. Unlike `lazy` it throws nothing when it does not come: whoever
 * is offline keeps the page, and the next press asks again.
 */
export function late<Part>(load: () => Promise<Part>): Late<Part> {
  let loaded: Part | null = null;
  let asked = false;
  const listeners = new Set<() => void>();
  return {
    want: () => {
      if (asked) return;
      asked = true;
      load().then(
        (part) => {
          loaded = part;
          for (const changed of listeners) changed();
        },
        () => {
          asked = false;
        },
      );
    },
    part: () => loaded,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

const nothing = () => null;

/** The piece, or null until somebody wanted it and it has come. */
export function useLate<Part>({ part, subscribe }: Late<Part>): Part | null {
  return useSyncExternalStore(subscribe, part, nothing);
}

/** For what opens it: whoever points at it or reaches it by keyboard will press it soon. */
export function wantEarly({ want }: Pick<Late<unknown>, "want">) {
  return { onPointerEnter: want, onFocus: want };
}
