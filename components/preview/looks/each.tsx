import { createElement, Fragment, type ReactNode } from "react";

/** One piece after the other. The pieces of a message have no identity but their place, so they need no keys. */
export function Each<T>({ of, children }: { of: readonly T[]; children: (item: T, index: number) => ReactNode }) {
  return createElement(Fragment, null, ...of.map((item, index) => children(item, index)));
}
