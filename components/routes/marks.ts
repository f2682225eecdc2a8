"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

/** Which routes are marked, to do something with all of them. Rows listen, so that only those that change are drawn. */
export class Marks {
  #ids: ReadonlySet<string> = new Set();
  #last: string | null = null;
  #order: readonly string[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly all = (): ReadonlySet<string> => this.#ids;

  /** What is shown and can be marked, from top to bottom. What is no longer there is not marked either. */
  show(order: readonly string[]): void {
    this.#order = order;
  }

  toggle(id: string): void {
    this.#last = id;
    const next = new Set(this.#ids);
    if (!next.delete(id)) next.add(id);
    this.#set(next);
  }

  /** Everything from the last one that was marked to this one. */
  through(id: string): void {
    const [from, to] = [this.#order.indexOf(this.#last ?? id), this.#order.indexOf(id)];
    if (to < 0) return;
    const start = from < 0 ? to : Math.min(from, to);
    this.#set(new Set([...this.#ids, ...this.#order.slice(start, Math.max(from, to) + 1)]));
    this.#last = id;
  }

  readonly clear = (): void => {
    this.#last = null;
    if (this.#ids.size > 0) this.#set(new Set());
  };

  #set(ids: ReadonlySet<string>): void {
    this.#ids = ids;
    for (const listener of this.#listeners) listener();
  }
}

const Context = createContext<Marks>(new Marks());
export const MarksProvider = Context.Provider;

export function useMarks(): Marks {
  return useContext(Context);
}

export function useIsMarked(id: string): boolean {
  const marks = useMarks();
  const read = () => marks.all().has(id);
  return useSyncExternalStore(marks.subscribe, read, read);
}

export function useMarked(marks: Marks): ReadonlySet<string> {
  return useSyncExternalStore(marks.subscribe, marks.all, marks.all);
}
