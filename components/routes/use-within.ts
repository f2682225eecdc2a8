"use client";

import { type RefObject, useEffect, useState } from "react";

const MARGIN = "1200px";

type Told = (entry: IntersectionObserverEntry) => void;
const watched = new Map<Element, Told>();
let observer: IntersectionObserver | null = null;

/** One observer for all: the browser goes through each of them in every frame. */
function watch(element: Element, told: Told): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) watched.get(entry.target)?.(entry);
    },
    { rootMargin: MARGIN },
  );
  watched.set(element, told);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}

/**
 * Whether the element is near what is seen. What goes far away may be taken down again and keeps its `height`, so that
 * scrolling through thousands of rows leaves few of them in the page; where the cursor is in it, it stays.
 */
export function useWithin(element: RefObject<HTMLElement | null>, starts: boolean, stays: boolean) {
  const [within, setWithin] = useState<{ near: boolean; height: number | null }>({ near: starts, height: null });
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    return watch(box, ({ isIntersecting: near, boundingClientRect }) => {
      setWithin((before) => {
        if (near === before.near || (!near && box.contains(document.activeElement))) return before;
        return { near, height: near ? before.height : boundingClientRect.height };
      });
    });
  }, [element]);
  return { near: within.near || stays, height: within.height };
}

/** How many of `count` things there are so far: a few more with each frame, so that none of them takes long. */
export function useFilled(count: number, step: number, at: { once: boolean }): number {
  const [filled, setFilled] = useState(at.once ? count : step);
  const done = at.once || filled >= count;
  useEffect(() => {
    if (done) return;
    const frame = requestAnimationFrame(() => setFilled(filled + step));
    return () => cancelAnimationFrame(frame);
  }, [done, filled, step]);
  return done ? count : filled;
}
